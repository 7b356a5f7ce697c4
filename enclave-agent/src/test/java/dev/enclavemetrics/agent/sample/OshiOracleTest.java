package dev.enclavemetrics.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.agent.FakeClock;
import dev.enclavemetrics.frame.CpuMode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Compares with OSHI, which reads this machine's counters independently: its values must lie
 * between those of two samples.
 */
class OshiOracleTest {

    private static final long MEMORY_NOISE_BYTES = 256 << 20;

    private final FakeClock clock = new FakeClock();

    @Test
    void agreesWithTheSampler() throws IOException {
        assumeThat(Path.of("/proc/stat")).exists();
        Sample before = new Sample();
        Sample byOshi = new Sample();
        Sample after = new Sample();
        try (ProcSampler sampler = new ProcSampler(Path.of("/proc"), clock);
                OshiSampler oracle = new OshiSampler(clock)) {
            sampler.sample(before);
            oracle.sample(byOshi);
            sampler.sample(after);
        }

        assertThat(byOshi.cpu.cores()).isEqualTo(before.cpu.cores());
        for (CpuMode mode : CpuMode.ALL) {
            if (mode != CpuMode.IOWAIT) { // iowait may decrease
                assertThat(byOshi.cpu.totalMs[mode.index()])
                        .as(mode.name())
                        .isBetween(
                                before.cpu.totalMs[mode.index()], after.cpu.totalMs[mode.index()]);
            }
        }
        assertThat(byOshi.memoryTotalBytes).isEqualTo(before.memoryTotalBytes);
        if (!before.inMemoryRoot) { // OSHI does not handle this case
            assertThat(byOshi.memoryAvailableBytes)
                    .isBetween(
                            Math.min(before.memoryAvailableBytes, after.memoryAvailableBytes)
                                    - MEMORY_NOISE_BYTES,
                            Math.max(before.memoryAvailableBytes, after.memoryAvailableBytes)
                                    + MEMORY_NOISE_BYTES);
        }
    }
}
