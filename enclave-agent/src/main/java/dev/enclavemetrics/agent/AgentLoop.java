package dev.enclavemetrics.agent;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ticks at fixed times, and accepts launchers in between. A tick that comes late does not move the
 * later ones; ticks that were missed are not made up for.
 */
final class AgentLoop implements Closeable {

    private static final long NS_PER_MS = 1_000_000;

    private final Measurement measurement;
    private final FrameServer server;
    private final AgentLog log;
    private final LongSupplier nanoTime;
    private final long intervalNs;
    private final @Nullable File companion;

    private String failure = "";

    AgentLoop(
            Measurement measurement,
            FrameServer server,
            AgentConfig config,
            AgentLog log,
            LongSupplier nanoTime) {
        this.measurement = measurement;
        this.server = server;
        this.log = log;
        this.nanoTime = nanoTime;
        this.intervalNs = config.intervalMs() * NS_PER_MS;
        int pid = config.whilePid();
        this.companion = pid == AgentConfig.NO_PID ? null : new File("/proc/" + pid);
    }

    /** Runs until the thread is interrupted, or the process has ended that it runs beside. */
    void run() {
        long dueNs = nanoTime.getAsLong();
        while (!Thread.currentThread().isInterrupted() && companionLives()) {
            tick();
            long nowNs = nanoTime.getAsLong();
            dueNs += Math.max(1, (nowNs - dueNs + intervalNs) / intervalNs) * intervalNs;
            server.acceptUntil(dueNs);
        }
    }

    private boolean companionLives() {
        return companion == null || companion.exists();
    }

    /** One tick. What fails is logged when it begins and when it ends, and the loop lives on. */
    void tick() {
        try {
            byte[] frame = measurement.tick();
            if (frame != null) {
                server.send(frame);
            }
            if (!failure.isEmpty()) {
                failure = "";
                log.line("sampling works again");
            }
        } catch (IOException | RuntimeException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(failure)) {
                failure = reason;
                log.line("no sample, and so no value: " + reason);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        measurement.close();
    }
}
