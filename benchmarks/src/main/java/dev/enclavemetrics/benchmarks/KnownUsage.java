package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A folder that replaces {@code /proc} and whose usages are known: memory is constant, and CPU
 * changes every three minutes. This detects a response with an old value or with the value of
 * another enclave.
 */
final class KnownUsage {

    static final int MEMORY_MILLI = 400;

    private static final long STEP_MS = 180_000;
    private static final int STEPS = 16;
    private static final int MIN_MILLI = 100;
    private static final int STEP_MILLI = 50;

    /**
     * Coprime to {@link #STEPS}, so that all steps are used, and consecutive values differ much.
     */
    private static final int STRIDE = 7;

    /** The resolution of a tick in the shortest window (250 ms, after a start), and rounding. */
    private static final int TOLERANCE_MILLI = 42;

    private static final int MS_PER_TICK = 10;
    private static final int MILLI = 1000;
    private static final long FIRST_TICKS = 1_000_000;
    private static final long NS_PER_MS = 1_000_000;

    private final long startNs = System.nanoTime();
    private final FileChannel stat;
    private long writtenMs;
    private long busyMicros;

    KnownUsage(Path proc) throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(
                proc.resolve("meminfo"),
                """
                MemTotal:        1000000 kB
                MemFree:          500000 kB
                MemAvailable:     600000 kB
                Active(file):      50000 kB
                Inactive(file):    50000 kB
                SReclaimable:      10000 kB
                Shmem:                 0 kB
                """);
        Files.writeString(proc.resolve("self/mounts"), "/dev/vda / ext4 rw 0 0\n");
        stat =
                FileChannel.open(
                        proc.resolve("stat"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        advance();
    }

    /** Writes the current counters in place, since agents keep the file open. */
    synchronized void advance() throws IOException {
        long nowMs = elapsedMs(System.nanoTime());
        for (; writtenMs < nowMs; writtenMs++) {
            busyMicros += milliAt(writtenMs);
        }
        long busy = busyMicros / MILLI / MS_PER_TICK;
        long idle = nowMs / MS_PER_TICK - busy;
        String times =
                String.format(
                        Locale.ROOT,
                        "%d 0 0 %d 0 0 0 0 0 0%n",
                        FIRST_TICKS + busy,
                        FIRST_TICKS + idle);
        String text = "cpu  " + times + "cpu0 " + times + "intr 0\n";
        stat.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** Returns whether a CPU usage can be an average over a part of the last {@code lookBackMs}. */
    boolean isRight(int milli, long lookBackMs) {
        return isRight(milli, lookBackMs, elapsedMs(System.nanoTime()));
    }

    static boolean isRight(int milli, long lookBackMs, long nowMs) {
        int least = MILLI;
        int most = 0;
        for (long ms = Math.max(0, nowMs - lookBackMs); ms <= nowMs; ms += MILLI) {
            least = Math.min(least, milliAt(ms));
            most = Math.max(most, milliAt(ms));
        }
        return milli >= least - TOLERANCE_MILLI && milli <= most + TOLERANCE_MILLI;
    }

    private long elapsedMs(long nowNs) {
        return (nowNs - startNs) / NS_PER_MS;
    }

    static int milliAt(long ms) {
        return MIN_MILLI + STEP_MILLI * (int) (ms / STEP_MS * STRIDE % STEPS);
    }
}
