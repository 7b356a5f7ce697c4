package dev.enclavemetrics.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A folder in place of {@code /proc} whose counters advance with a load that a test sets. */
final class KnownLoad implements Closeable {

    private static final long STEP_MS = 100;

    /** Of 10 ms: the counters run twice as fast as the clock, which the agent accepts. */
    private static final int TICKS_A_STEP = 20;

    private final Path proc;
    private final Thread thread = new Thread(this::run, "known-load");
    private volatile double cpu;
    private volatile boolean closed;

    /**
     * Starts to advance the counters.
     *
     * @param cpu the part of the time that both cores are busy, in steps of 0.05
     */
    KnownLoad(Path proc, double cpu) throws IOException {
        this.proc = proc;
        this.cpu = cpu;
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/mounts"), "rootfs / rootfs rw 0 0\n");
        Files.writeString(
                proc.resolve("meminfo"),
                """
                MemTotal:       2097152 kB
                MemFree:        1258291 kB
                MemAvailable:   1258291 kB
                Cached:          100000 kB
                SReclaimable:         0 kB
                Shmem:            65536 kB
                """);
        write(0, 0);
        thread.setDaemon(true);
        thread.start();
    }

    void cpu(double usage) {
        cpu = usage;
    }

    private void run() {
        long busy = 0;
        long idle = 0;
        while (!closed) {
            long step = Math.round(cpu * TICKS_A_STEP);
            busy += step;
            idle += TICKS_A_STEP - step;
            try {
                write(busy, idle);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MS));
        }
    }

    /**
     * Writes in place and with a constant length, since the agent keeps the file open and reads it
     * at any time.
     */
    private void write(long busyTicks, long idleTicks) throws IOException {
        String all = " %010d 0 0 %010d 0 0 0 0 0 0\n".formatted(2 * busyTicks, 2 * idleTicks);
        String core = " %010d 0 0 %010d 0 0 0 0 0 0\n".formatted(busyTicks, idleTicks);
        String text = "cpu " + all + "cpu0" + core + "cpu1" + core + "intr 0\n";
        try (FileChannel file =
                FileChannel.open(
                        proc.resolve("stat"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            file.write(StandardCharsets.US_ASCII.encode(text), 0);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
