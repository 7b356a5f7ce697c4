package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.FrameEncoder;
import dev.enclavemetrics.frame.MetricsFrame;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Stages 3 and 5: a frame to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

    private final FrameEncoder encoder = new FrameEncoder(0);
    private long sequence;

    @Benchmark
    public byte[] encode() {
        encoder.sequence(++sequence)
                .uptimeNs(sequence * 1_000_000_000)
                .intervalMs(1000)
                .windowMs(15_000)
                .cpuUsage(0.4213)
                .memoryUsage(0.3127)
                .busiestCoreUsage(0.7)
                .coresOnline(2)
                .flags(true, false)
                .memoryTotalBytes(1L << 30)
                .memoryAvailableBytes(1L << 29)
                .filesystemBytes(1L << 26);
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            encoder.cpuTimeMs(mode, sequence * 1000);
        }
        return encoder.finish();
    }

    /** One decoder per frame, since a decoder refuses a repeated sequence. */
    @Benchmark
    public MetricsFrame encodeAndDecode() {
        byte[] bytes = encode();
        return new FrameDecoder().decode(bytes, FrameDecoder.frameBytes(bytes));
    }
}
