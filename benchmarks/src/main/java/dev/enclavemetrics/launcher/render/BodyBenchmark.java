package dev.enclavemetrics.launcher.render;

import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Stage 7: a snapshot to the JSON body, once per frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BodyBenchmark {

    private final ReceivedFrame received =
            new ReceivedFrame(
                    new MetricsFrame(
                            1,
                            1_000_000_000,
                            1000,
                            15_000,
                            0.4213,
                            0.3127,
                            0.7,
                            2,
                            true,
                            false,
                            1L << 30,
                            1L << 29,
                            1L << 26,
                            List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L),
                            Map.of(),
                            null,
                            List.of()),
                    0,
                    Instant.EPOCH);

    @Benchmark
    public byte[] json() {
        return JsonBody.usage(received);
    }
}
