package dev.enclavemetrics.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.frame.HealthField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcHealthTest {

    private static final long SECOND_NS = 1_000_000_000;
    private static final String PRESSURE =
            """
            some avg10=90.22 avg60=89.24 avg300=82.09 total=5896269330
            full avg10=0.00 avg60=0.00 avg300=0.00 total=41
            """;

    private final long[] health = new Sample().health;
    @TempDir private Path folder;
    private FakeProc proc;

    @BeforeEach
    void write() {
        proc =
                new FakeProc(folder)
                        .file("vmstat", "nr_free_pages 1\noom_kill_x 2\noom_kill 3\nzone 4\n")
                        .file("sys/fs/file-nr", "1223\t0\t2466170\n")
                        .file("pressure/cpu", PRESSURE)
                        .file("pressure/memory", PRESSURE.replace("41", "42"))
                        .file("pressure/io", PRESSURE.replace("41", "43"));
    }

    @Test
    void readsEveryFile() throws IOException {
        read();

        assertThat(of(HealthField.OOM_KILLS)).isEqualTo(3);
        assertThat(of(HealthField.FILES_OPEN)).isEqualTo(1223);
        assertThat(of(HealthField.CPU_STALLED_US)).isEqualTo(5_896_269_330L);
        assertThat(of(HealthField.MEMORY_STALLED_US)).isEqualTo(5_896_269_330L);
        assertThat(of(HealthField.MEMORY_ALL_STALLED_US)).isEqualTo(42);
        assertThat(of(HealthField.IO_STALLED_US)).isEqualTo(5_896_269_330L);
        assertThat(of(HealthField.IO_ALL_STALLED_US)).isEqualTo(43);
    }

    @Test
    void readsTheFilesOfThisKernel() throws IOException {
        assumeThat(Path.of("/proc/vmstat")).exists();
        try (ProcHealth real = new ProcHealth(Path.of("/proc"))) {
            real.readFiles(0, health);
        }

        assertThat(of(HealthField.FILES_OPEN)).isPositive();
        assertThat(of(HealthField.OOM_KILLS)).isNotNegative();
    }

    @Test
    void readsThemEveryFiveSecondsOrWhenAsked() throws IOException {
        try (ProcHealth reader = new ProcHealth(folder)) {
            reader.readFiles(0, health);
            proc.file("sys/fs/file-nr", "7\t0\t2466170\n");
            reader.readFiles(4 * SECOND_NS, health);
            assertThat(of(HealthField.FILES_OPEN)).isEqualTo(1223);
            reader.readFiles(5 * SECOND_NS, health);
            assertThat(of(HealthField.FILES_OPEN)).isEqualTo(7);
            proc.file("sys/fs/file-nr", "8\t0\t2466170\n");
            reader.readFilesNext();
            reader.readFiles(5 * SECOND_NS, health);
            assertThat(of(HealthField.FILES_OPEN)).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vmstat", "sys/fs/file-nr", "pressure/cpu", "pressure/memory"})
    void leavesOutWhatTheKernelDoesNotHave(String name) throws IOException {
        Files.delete(folder.resolve(name));

        read();

        assertThat(of(HealthField.IO_STALLED_US)).isEqualTo(5_896_269_330L);
        assertThat(health).contains(HealthField.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "oom_kill",
                "oom_kill \n",
                "oom_kill -1\n",
                "oom_kill x\n",
                "oom_kill 99999999999999999999\n",
                "some avg10=1",
                "some total",
                "some ====",
                "full\n\n\n"
            })
    void takesOtherTextForUnknown(String text) throws IOException {
        proc.file("vmstat", text).file("sys/fs/file-nr", text).file("pressure/memory", text);

        read();

        assertThat(of(HealthField.OOM_KILLS)).isEqualTo(HealthField.UNKNOWN);
        assertThat(of(HealthField.FILES_OPEN)).isEqualTo(HealthField.UNKNOWN);
        assertThat(of(HealthField.MEMORY_STALLED_US)).isEqualTo(HealthField.UNKNOWN);
        assertThat(of(HealthField.MEMORY_ALL_STALLED_US)).isEqualTo(HealthField.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu 1\nintr 2\nprocs_running 8\nprocs_blocked 3\nsoftirq 1 2\n",
                "procs_running 8\nprocs_blocked 3\n",
                "intr 2\nprocs_running 8\nprocs_blocked 3\nsoftirq 1 2\nlater 1\nlater 2\n",
            })
    void findsTheThreadsNearTheEnd(String stat) {
        threads(stat);

        assertThat(of(HealthField.THREADS_RUNNABLE)).isEqualTo(8);
        assertThat(of(HealthField.THREADS_BLOCKED)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "cpu 1\nprocs_running\nprocs_blocked", "procs_running_x 1"})
    void knowsNoThreadsWithoutTheirLines(String stat) {
        threads(stat);

        assertThat(of(HealthField.THREADS_RUNNABLE)).isEqualTo(HealthField.UNKNOWN);
        assertThat(of(HealthField.THREADS_BLOCKED)).isEqualTo(HealthField.UNKNOWN);
    }

    private void threads(String stat) {
        byte[] bytes = stat.getBytes(StandardCharsets.US_ASCII);
        ProcHealth.threads(new ProcText().over(bytes, bytes.length), health);
    }

    private void read() throws IOException {
        try (ProcHealth reader = new ProcHealth(folder)) {
            reader.readFiles(0, health);
        }
    }

    private long of(HealthField field) {
        return health[field.index()];
    }
}
