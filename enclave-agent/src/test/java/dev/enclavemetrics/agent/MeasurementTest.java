package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.MetricsFrame;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTest {

    private final FakeClock clock = new FakeClock();
    private final FrameDecoder decoder = new FrameDecoder();

    @Test
    void bringsCountersToTheWireThroughAllStages(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder).stat(1000, 1000).mounts(FakeProc.ENCLAVE_MOUNTS);
        Measurement measurement = measurement(Resolution.DEFAULT, folder);
        assertThat(measurement.tick()).isNull();

        proc.stat(1050, 1150);
        clock.advanceMs(1000);
        MetricsFrame frame = decode(measurement.tick());

        assertThat(frame.sequence()).isEqualTo(1);
        assertThat(frame.uptimeNs()).isEqualTo(2_000_000_000L);
        assertThat(frame.intervalMs()).isEqualTo(1000);
        assertThat(frame.windowMs()).isEqualTo(1000);
        assertThat(frame.cpuUsage()).isEqualTo(0.25);
        assertThat(frame.busiestCoreUsage()).isEqualTo(0.4);
        assertThat(frame.memoryUsage()).isEqualTo(0.69); // 1000 - (300 free + 10 slab) of 1000
        assertThat(frame.coresOnline()).isEqualTo(2);
        assertThat(frame.inMemoryRoot()).isTrue();
        assertThat(frame.coarseResolution()).isFalse();
        assertThat(frame.memoryTotalBytes()).isEqualTo(1000 * 1024);
        assertThat(frame.memoryAvailableBytes()).isEqualTo(310 * 1024);
        assertThat(frame.filesystemBytes()).isEqualTo(100 * 1024);
        assertThat(frame.cpuTimeMs().get(CpuMode.USER.place())).isEqualTo(10_500);
        assertThat(frame.cpuTimeMs().get(CpuMode.IDLE.place())).isEqualTo(11_500);
    }

    @Test
    void tellsNoMoreThanTheResolutionAllows(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder).memory(1000, 613, 137);
        Measurement measurement = measurement(new Resolution(20), folder);
        measurement.tick();

        proc.stat(123, 77);
        clock.advanceMs(1000);
        MetricsFrame frame = decode(measurement.tick());

        assertThat(frame.coarseResolution()).isTrue();
        assertThat(frame.cpuUsage()).isEqualTo(0.6);
        assertThat(frame.memoryUsage()).isEqualTo(0.4);
        assertThat(frame.memoryAvailableBytes()).isEqualTo(600 * 1024);
        assertThat(frame.filesystemBytes()).isZero();
        assertThat(frame.cpuTimeMs().get(CpuMode.USER.place())).isZero();
    }

    @Test
    void neverLetsACoarseCounterGoBackThoughACoreComes(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        Measurement measurement = measurement(new Resolution(20), folder);
        long[] shownMs = new long[4];
        for (int tick = 0; tick < shownMs.length; tick++) {
            long busy = 160L + tick; // one step of two cores, 1.5 s, but none of three, 2.25 s
            String third = tick < 2 ? "" : "cpu2 0 0 0 1 0 0 0 0 0 0\n";
            proc.stat(
                    "cpu  %d 0 0 9 0 0 0 0 0 0\n".formatted(busy)
                            + "cpu0 %d 0 0 4 0 0 0 0 0 0\ncpu1 0 0 0 4 0 0 0 0 0 0\n"
                                    .formatted(busy)
                            + third
                            + "intr 1\n");
            clock.advanceMs(1000);
            byte[] frame = measurement.tick();
            shownMs[tick] = frame == null ? -1 : decode(frame).cpuTimeMs().get(0);
        }

        assertThat(shownMs).containsExactly(-1, 1500, -1, 1500);
    }

    @Test
    void readsMountsAgainAfterAMinute(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder).mounts(FakeProc.ENCLAVE_MOUNTS);
        Measurement measurement = measurement(Resolution.DEFAULT, folder);
        measurement.tick();
        proc.stat(1, 1).mounts(FakeProc.DISK_MOUNTS);
        clock.advanceMs(59_000);
        assertThat(decode(measurement.tick()).inMemoryRoot()).isTrue();

        proc.stat(2, 2);
        clock.advanceMs(1000);
        assertThat(decode(measurement.tick()).inMemoryRoot()).isFalse();
    }

    @Test
    void namesTheFileThatDoesNotSayWhatItMust(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        Measurement measurement = measurement(Resolution.DEFAULT, folder);

        proc.stat("cpu  1 2 3 4\n");
        assertThatThrownBy(measurement::tick).hasMessageContaining(folder.resolve("stat") + ": ");
        proc.stat(1, 1).meminfo("MemTotal: 12");
        assertThatThrownBy(measurement::tick).hasMessageContaining(folder.resolve("meminfo") + ":");
    }

    @Test
    void samplesThoughTheThreadWasInterrupted(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        Measurement measurement = measurement(Resolution.DEFAULT, folder);
        measurement.tick();
        proc.stat(1, 1);
        clock.advanceMs(60_000); // mounts are read again too
        Thread.currentThread().interrupt();

        assertThat(measurement.tick()).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void namesTheFileThatIsNotThere(@TempDir Path folder) throws IOException {
        new FakeProc(folder);
        Files.delete(folder.resolve("meminfo"));

        assertThatThrownBy(() -> measurement(Resolution.DEFAULT, folder))
                .hasMessageContaining(folder.resolve("meminfo") + " must be there");
    }

    @Test
    void aSteadyTickAllocatesNothing() throws IOException {
        assumeThat(Path.of("/proc/stat")).exists();
        AgentConfig config = TestConfigs.with(Resolution.DEFAULT, Path.of("/proc"));
        Measurement measurement = new Measurement(new ProcSampler(config.proc(), clock), config);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ticks(measurement, 2_000); // loads classes, compiles
        threads.getCurrentThreadAllocatedBytes();

        // The least of a few rounds: while code is compiled the JVM itself takes some, once. A tick
        // that allocates does so in each.
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            ticks(measurement, 1_000);
            leastBytes =
                    Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
        }

        assertThat(leastBytes).isZero();
    }

    /** The clock stays within the minute after which mounts are read again. */
    private void ticks(Measurement measurement, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            clock.advanceMs(1);
            measurement.tick();
        }
    }

    private Measurement measurement(Resolution resolution, Path folder) throws IOException {
        return new Measurement(
                new ProcSampler(folder, clock), TestConfigs.with(resolution, folder));
    }

    private MetricsFrame decode(byte @Nullable [] frame) {
        Objects.requireNonNull(frame, "there must be a frame");
        return decoder.decode(frame, FrameDecoder.frameBytes(frame));
    }
}
