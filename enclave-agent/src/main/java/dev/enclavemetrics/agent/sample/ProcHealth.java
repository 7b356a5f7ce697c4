package dev.enclavemetrics.agent.sample;

import dev.enclavemetrics.frame.HealthField;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Health metrics: some from a line of {@code /proc/stat}, the others from files that not every
 * kernel has. A metric that is missing or unreadable is unknown; it never fails the sample.
 */
final class ProcHealth implements Closeable {

    /** The kernel sums over all cores for these files, and their metrics are not urgent. */
    private static final long FILES_INTERVAL_NS = 5_000_000_000L;

    /** procs_running is the third line from the end since Linux 2.6.31; later ones may add some. */
    private static final int LAST_LINES = 8;

    private static final int VMSTAT_BYTES = 8192;
    private static final int SHORT_BYTES = 256;
    private static final int FIELDS_TO_TOTAL = 4; // avg10=… avg60=… avg300=… total=…

    private static final byte[] RUNNING = ascii("procs_running ");
    private static final byte[] BLOCKED = ascii("procs_blocked ");
    private static final byte[] OOM_KILL = ascii("oom_kill ");
    private static final byte[] SOME = ascii("some ");
    private static final byte[] FULL = ascii("full ");

    private final @Nullable ProcFile vmstat;
    private final @Nullable ProcFile openFiles;
    private final @Nullable ProcFile cpuPressure;
    private final @Nullable ProcFile memoryPressure;
    private final @Nullable ProcFile ioPressure;
    private final ProcText text = new ProcText();

    private boolean filesRead;
    private long filesReadNs;

    ProcHealth(Path proc) {
        vmstat = open(proc.resolve("vmstat"), VMSTAT_BYTES);
        openFiles = open(proc.resolve("sys/fs/file-nr"), SHORT_BYTES);
        cpuPressure = open(proc.resolve("pressure/cpu"), SHORT_BYTES);
        memoryPressure = open(proc.resolve("pressure/memory"), SHORT_BYTES);
        ioPressure = open(proc.resolve("pressure/io"), SHORT_BYTES);
    }

    private static @Nullable ProcFile open(Path path, int firstBytes) {
        try {
            return Files.exists(path) ? new ProcFile(path, firstBytes) : null;
        } catch (IOException e) { // not readable
            return null;
        }
    }

    /** Reads the numbers of threads from the text of {@code /proc/stat}. */
    static void threads(ProcText stat, long[] into) {
        into[HealthField.THREADS_RUNNABLE.index()] = lastLine(stat, RUNNING);
        into[HealthField.THREADS_BLOCKED.index()] = lastLine(stat, BLOCKED);
    }

    private static long lastLine(ProcText text, byte[] name) {
        return text.toLastLine(name, LAST_LINES) ? number(text) : HealthField.UNKNOWN;
    }

    /** Reads the files if they are due; otherwise {@code into} keeps its values. */
    void readFiles(long nowNs, long[] into) {
        if (filesRead && nowNs - filesReadNs < FILES_INTERVAL_NS) {
            return;
        }
        filesRead = true;
        filesReadNs = nowNs;
        into[HealthField.OOM_KILLS.index()] =
                opened(vmstat) && text.toLine(OOM_KILL) ? number(text) : HealthField.UNKNOWN;
        into[HealthField.FILES_OPEN.index()] =
                opened(openFiles) ? number(text) : HealthField.UNKNOWN;
        into[HealthField.CPU_STALLED_US.index()] = pressure(cpuPressure, SOME);
        into[HealthField.MEMORY_STALLED_US.index()] = pressure(memoryPressure, SOME);
        into[HealthField.MEMORY_ALL_STALLED_US.index()] = pressure(memoryPressure, FULL);
        into[HealthField.IO_STALLED_US.index()] = pressure(ioPressure, SOME);
        into[HealthField.IO_ALL_STALLED_US.index()] = pressure(ioPressure, FULL);
    }

    /** Makes the next {@link #readFiles} read the files even if they are not due. */
    void readFilesNext() {
        filesRead = false;
    }

    /** Reads the file; false if there is none. A kernel without PSI may have files that fail. */
    private boolean opened(@Nullable ProcFile file) {
        if (file == null) {
            return false;
        }
        try {
            file.read();
        } catch (IOException e) {
            return false;
        }
        text.over(file.text(), file.length());
        return true;
    }

    private long pressure(@Nullable ProcFile file, byte[] line) {
        if (!opened(file) || !text.toLine(line)) {
            return HealthField.UNKNOWN;
        }
        for (int field = 0; field < FIELDS_TO_TOTAL; field++) {
            text.skipPast('=');
        }
        return number(text);
    }

    private static long number(ProcText text) {
        try {
            return text.number();
        } catch (ProcFormatException e) {
            return HealthField.UNKNOWN;
        }
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        close(vmstat);
        close(openFiles);
        close(cpuPressure);
        close(memoryPressure);
        close(ioPressure);
    }

    private static void close(@Nullable ProcFile file) throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
