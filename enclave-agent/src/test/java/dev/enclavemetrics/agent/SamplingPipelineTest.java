package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.enclavemetrics.agent.round.Resolution;
import dev.enclavemetrics.agent.sample.FakeProc;
import dev.enclavemetrics.agent.sample.ProcFile;
import dev.enclavemetrics.agent.sample.ProcFormatException;
import dev.enclavemetrics.agent.sample.ProcSampler;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.agent.settings.TestConfigs;
import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.HealthField;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplingPipelineTest {

    private final FakeClock clock = new FakeClock();
    private final FrameDecoder decoder = new FrameDecoder();

    @Test
    void bringsCountersToTheWireThroughAllStages(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder).stat(1000, 1000).mounts(FakeProc.ENCLAVE_MOUNTS);
        SamplingPipeline measurement = measurement(Resolution.DEFAULT, folder);
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
        assertThat(frame.cpuTimeMs().get(CpuMode.USER.index())).isEqualTo(10_500);
        assertThat(frame.cpuTimeMs().get(CpuMode.IDLE.index())).isEqualTo(11_500);
    }

    @Test
    void sendsHealthAsItIs(@TempDir Path folder) throws IOException {
        MetricsFrame frame = healthy(Resolution.DEFAULT, folder);

        assertThat(frame.health())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                HealthField.THREADS_RUNNABLE, 5L,
                                HealthField.THREADS_BLOCKED, 0L,
                                HealthField.OOM_KILLS, 3L,
                                HealthField.FILES_OPEN, 1223L,
                                HealthField.CPU_STALLED_US, 1_234_567L));
        assertThat(frame.ending()).isNull();
        assertThat(frame.application()).isEmpty();
    }

    @Test
    void roundsHealthWhenCoarse(@TempDir Path folder) throws IOException {
        MetricsFrame frame = healthy(new Resolution(20), folder);

        assertThat(frame.health())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                HealthField.THREADS_RUNNABLE, 6L,
                                HealthField.THREADS_BLOCKED, 0L,
                                HealthField.OOM_KILLS, 3L,
                                HealthField.FILES_OPEN, 1000L,
                                HealthField.CPU_STALLED_US, 750_000L));
    }

    private MetricsFrame healthy(Resolution resolution, Path folder) throws IOException {
        FakeProc proc =
                new FakeProc(folder)
                        .file("vmstat", "oom_kill 3\n")
                        .file("sys/fs/file-nr", "1223\t0\t9\n")
                        .file("pressure/cpu", "some avg10=0 avg60=0 avg300=0 total=1234567\n");
        SamplingPipeline measurement = measurement(resolution, folder);
        measurement.tick();
        proc.stat(
                """
                cpu  1 0 0 1 0 0 0 0 0 0
                cpu0 1 0 0 1 0 0 0 0 0 0
                cpu1 0 0 0 0 0 0 0 0 0 0
                intr 1 2 3
                procs_running 5
                procs_blocked 0
                softirq 1
                """);
        clock.advanceMs(1000);
        return decode(measurement.tick());
    }

    @Test
    void tellsNoMoreThanTheResolutionAllows(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder).memory(1000, 613, 137);
        SamplingPipeline measurement = measurement(new Resolution(20), folder);
        measurement.tick();

        proc.stat(123, 77);
        clock.advanceMs(1000);
        MetricsFrame frame = decode(measurement.tick());

        assertThat(frame.coarseResolution()).isTrue();
        assertThat(frame.cpuUsage()).isEqualTo(0.6);
        assertThat(frame.memoryUsage()).isEqualTo(0.4);
        assertThat(frame.memoryAvailableBytes()).isEqualTo(600 * 1024);
        assertThat(frame.filesystemBytes()).isZero();
        assertThat(frame.cpuTimeMs().get(CpuMode.USER.index())).isZero();
    }

    @Test
    void doesNotTellHowLateATickCameWhenCoarse(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        SamplingPipeline measurement = measurement(new Resolution(20), folder);
        clock.advanceMs(777);
        measurement.tick(); // at 1777 ms
        long[] elapsedMs = {1013, 987, 1499, 501, 1003, 4000, 10};
        List<Long> uptimesMs = new ArrayList<>();
        List<Long> windowsMs = new ArrayList<>();
        for (int tick = 0; tick < elapsedMs.length; tick++) {
            clock.advanceMs(elapsedMs[tick]);
            proc.stat(tick + 1, tick + 1);
            MetricsFrame frame = decode(measurement.tick());
            uptimesMs.add(frame.uptimeNs() / 1_000_000);
            windowsMs.add(frame.windowMs());
            assertThat(frame.uptimeNs() % 1_000_000_000).isZero();
        }

        assertThat(uptimesMs).containsExactly(3000L, 4000L, 5000L, 6000L, 7000L, 11_000L, 11_000L);
        assertThat(windowsMs).containsExactly(1000L, 2000L, 3000L, 4000L, 5000L, 9000L, 9000L);
    }

    @Test
    void tellsOfAWholeIntervalAtLeastWhenCoarse(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        SamplingPipeline measurement = measurement(new Resolution(20), folder);
        measurement.tick();
        clock.advanceMs(400);
        proc.stat(1, 1);

        assertThat(decode(measurement.tick()).windowMs()).isEqualTo(1000);
    }

    @Test
    void neverLetsACoarseCounterGoBackThoughACoreComes(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        SamplingPipeline measurement = measurement(new Resolution(20), folder);
        long[] shownMs = new long[4];
        for (int tick = 0; tick < shownMs.length; tick++) {
            long busy = 160L + tick; // one step for two cores (1.5 s), none for three (2.25 s)
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
        SamplingPipeline measurement = measurement(Resolution.DEFAULT, folder);
        measurement.tick();
        proc.stat(1, 1).mounts(FakeProc.DISK_MOUNTS);
        clock.advanceMs(58_000);
        measurement.tick();
        proc.stat(2, 2);
        clock.advanceMs(1000);
        assertThat(decode(measurement.tick()).inMemoryRoot()).isTrue();

        proc.stat(3, 3);
        clock.advanceMs(1000);
        assertThat(decode(measurement.tick()).inMemoryRoot()).isFalse();
    }

    @Test
    void sendsNoWindowThatADecoderRefusesHoweverLongAPauseWas(@TempDir Path folder)
            throws IOException {
        FakeProc proc = new FakeProc(folder);
        AgentConfig longest =
                TestConfigs.with(new Endpoint.Unix("unused"), 60_000, 600_000, folder);
        SamplingPipeline measurement =
                new SamplingPipeline(new ProcSampler(folder, clock), longest);
        measurement.tick();
        clock.advanceMs(780_000);
        proc.stat(1, 1);
        assertThat(decode(measurement.tick()).windowMs()).isEqualTo(780_000);

        clock.advanceMs(2 * 24 * 3_600_000);
        proc.stat(2, 2);
        assertThat(measurement.tick()).isNull();
        clock.advanceMs(60_000);
        proc.stat(3, 3);
        assertThat(decode(measurement.tick()).windowMs()).isEqualTo(60_000);
    }

    @Test
    void namesTheFileThatDoesNotSayWhatItMust(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        SamplingPipeline measurement = measurement(Resolution.DEFAULT, folder);

        proc.stat("cpu  1 2 3 4\n");
        assertThatThrownBy(measurement::tick).hasMessageContaining(folder.resolve("stat") + ": ");
        proc.stat(1, 1).meminfo("MemTotal: 12");
        assertThatThrownBy(measurement::tick).hasMessageContaining(folder.resolve("meminfo") + ":");
    }

    @Test
    void samplesThoughTheThreadWasInterrupted(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        SamplingPipeline measurement = measurement(Resolution.DEFAULT, folder);
        measurement.tick();
        proc.stat(1, 1);
        clock.advanceMs(60_000); // mounts are read again as well
        Thread.currentThread().interrupt();
        measurement.tick();
        proc.stat(2, 2);
        clock.advanceMs(1000);

        assertThat(measurement.tick()).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void saysWhatMovedAheadOfTheClock(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        SamplingPipeline measurement = measurement(Resolution.DEFAULT, folder);
        measurement.tick();
        clock.advanceMs(1000);
        proc.stat(1_844_674_407_370L, 1);

        assertThatThrownBy(measurement::tick)
                .hasMessage(
                        folder
                                + ": CPU time must not move faster than the clock, found that user"
                                + " of all cores moved by 18446744073700ms in 1000ms; the window"
                                + " restarts");
        clock.advanceMs(1000);
        proc.stat(1_844_674_407_380L, 191);
        assertThat(decode(measurement.tick()).cpuUsage()).isEqualTo(0.05);
    }

    @Test
    void saysThatTheTimesOfAnEmulatedProcStandStill(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        SamplingPipeline measurement = measurement(Resolution.DEFAULT, folder);
        for (int second = 0; second < 5; second++) {
            assertThat(measurement.tick()).isNull();
            clock.advanceMs(1000);
        }
        assertThatThrownBy(measurement::tick)
                .hasMessageStartingWith(
                        folder.resolve("stat") + ": CPU times must increase from sample to sample");

        clock.advanceMs(1000);
        proc.stat(10, 190);
        assertThat(decode(measurement.tick()).cpuUsage()).isEqualTo(0.05);
    }

    @Test
    void waitsForThreeSamplesUntilTimesStandStill(@TempDir Path folder) throws IOException {
        new FakeProc(folder);
        SamplingPipeline measurement = measurement(Resolution.DEFAULT, folder);
        for (int minute = 0; minute < 3; minute++) {
            assertThat(measurement.tick()).isNull();
            clock.advanceMs(60_000);
        }

        assertThatThrownBy(measurement::tick).isInstanceOf(ProcFormatException.class);
    }

    @Test
    void namesTheNumberThatNoKernelWrites(@TempDir Path folder) throws IOException {
        FakeProc proc = new FakeProc(folder);
        SamplingPipeline measurement = measurement(Resolution.DEFAULT, folder);

        proc.stat(1L << 62, 1);
        assertThatThrownBy(measurement::tick)
                .hasMessage(
                        folder.resolve("stat")
                                + ": a number must be at most 1125899906842623, found more at byte"
                                + " 5");
        proc.stat(1, 1).memory(1L << 62, 1, 1);
        assertThatThrownBy(measurement::tick)
                .hasMessageContaining(folder.resolve("meminfo") + ": a number must be at most");
    }

    @Test
    void namesTheFileThatIsNoFile(@TempDir Path folder) throws Exception {
        new FakeProc(folder);
        Files.delete(folder.resolve("stat"));
        Files.createDirectory(folder.resolve("stat"));
        assertThatThrownBy(() -> measurement(Resolution.DEFAULT, folder))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        folder.resolve("stat")
                                + " must be a regular file, found a directory. Set proc to the"
                                + " folder where the proc filesystem is mounted");

        assertThatThrownBy(() -> new ProcFile(Path.of("/dev/null")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/null must be a regular file, found a FIFO, socket or");
    }

    @Test
    void namesTheFileAndTheReasonWhenItCannotBeOpened(@TempDir Path folder) throws IOException {
        new FakeProc(folder);
        Path loop = folder.resolve("meminfo");
        Files.delete(loop);
        Files.createSymbolicLink(loop, loop);

        assertThatThrownBy(() -> measurement(Resolution.DEFAULT, folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(loop + " must exist and be readable: ")
                .hasMessageContaining("Too many levels of symbolic links");
    }

    @Test
    void namesTheFileThatIsNotThere(@TempDir Path folder) throws IOException {
        new FakeProc(folder);
        Files.delete(folder.resolve("meminfo"));

        assertThatThrownBy(() -> measurement(Resolution.DEFAULT, folder))
                .hasMessageContaining(folder.resolve("meminfo") + " must exist");
    }

    @Test
    void aSteadyTickAllocatesNothing() throws IOException {
        assumeThat(Path.of("/proc/stat")).exists();
        AgentConfig config = TestConfigs.with(Resolution.DEFAULT, Path.of("/proc"));
        SamplingPipeline measurement =
                new SamplingPipeline(new ProcSampler(config.proc(), clock), config);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ticks(measurement, 2_000); // loads and compiles classes
        threads.getCurrentThreadAllocatedBytes();

        // The minimum of several rounds: while code is compiled, the JVM itself may allocate once.
        // A tick that allocates does so in each round.
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            ticks(measurement, 1_000);
            leastBytes =
                    Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
        }

        assertThat(leastBytes).isZero();
    }

    /** Advances the clock little enough that mounts are not read again. */
    private void ticks(SamplingPipeline measurement, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            clock.advanceMs(1);
            measurement.tick();
        }
    }

    private SamplingPipeline measurement(Resolution resolution, Path folder) throws IOException {
        return new SamplingPipeline(
                new ProcSampler(folder, clock), TestConfigs.with(resolution, folder));
    }

    private MetricsFrame decode(byte @Nullable [] frame) {
        Objects.requireNonNull(frame, "there must be a frame");
        return decoder.decode(frame, FrameDecoder.frameBytes(frame));
    }
}
