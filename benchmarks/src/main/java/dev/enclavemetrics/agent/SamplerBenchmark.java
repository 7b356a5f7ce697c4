package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.sample.OshiSampler;
import dev.enclavemetrics.agent.sample.ProcSampler;
import dev.enclavemetrics.agent.sample.Sample;
import dev.enclavemetrics.agent.settings.AgentConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Stage 1, on this machine's {@code /proc}: the product's sampler, and the same values with OSHI.
 * The tick adds stages 2 and 3.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // by JMH, which calls open()
public class SamplerBenchmark {

    /** Another proc filesystem, such as a fixture of many cores. */
    @Param("/proc")
    public String proc = "/proc";

    private final Sample sample = new Sample();
    private ProcSampler procSampler;
    private OshiSampler oshiSampler;
    private SamplingPipeline measurement;

    @Setup
    public void open() throws IOException {
        AgentConfig config = SamplerLoop.config(Path.of(proc));
        procSampler = new ProcSampler(config.proc(), System::nanoTime);
        oshiSampler = new OshiSampler(System::nanoTime);
        measurement =
                new SamplingPipeline(new ProcSampler(config.proc(), System::nanoTime), config);
    }

    @TearDown
    public void close() throws IOException {
        procSampler.close();
    }

    @Benchmark
    public Sample sample() throws IOException {
        procSampler.sample(sample);
        return sample;
    }

    @Benchmark
    public Sample sampleByOshi() {
        oshiSampler.sample(sample);
        return sample;
    }

    @Benchmark
    public boolean tick() throws IOException {
        return measurement.tick() != null;
    }
}
