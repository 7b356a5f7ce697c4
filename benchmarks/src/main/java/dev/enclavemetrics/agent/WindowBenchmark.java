package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.average.Usage;
import dev.enclavemetrics.agent.average.UsageWindow;
import dev.enclavemetrics.agent.sample.Sample;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Stage 2: a sample into the window. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WindowBenchmark {

    @Param({"2", "96"})
    public int cores;

    private final UsageWindow window = new UsageWindow(15, 1000);
    private final Sample sample = new Sample();
    private final Usage usage = new Usage();

    @Setup
    public void cores() {
        for (int core = 0; core < cores; core++) {
            sample.cpu.addCore(core);
        }
        sample.memoryTotalBytes = 1 << 30;
        sample.memoryAvailableBytes = 1 << 29;
    }

    @Benchmark
    public boolean add() {
        sample.uptimeNs += 1_000_000_000;
        sample.cpu.totalMs[0] += 300;
        sample.cpu.totalMs[3] += 700;
        return window.add(sample, usage);
    }
}
