package dev.enclavemetrics.agent;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Ticks at fixed times, and accepts launchers in between. A tick that comes late does not move the
 * later ones; ticks that were missed are not made up for.
 */
final class AgentLoop implements Runnable, Closeable {

    private static final long NS_PER_MS = 1_000_000;

    private final Measurement measurement;
    private final FrameServer server;
    private final AgentLog log;
    private final LongSupplier nanoTime;
    private final long intervalNs;
    private final Companion companion;

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
        this.companion = new Companion(config.whilePid());
    }

    /** Runs until it is closed or interrupted, or the process has ended that it runs beside. */
    @Override
    public void run() {
        long dueNs = nanoTime.getAsLong();
        while (!ended()) {
            tick();
            long nowNs = nanoTime.getAsLong();
            dueNs += Math.max(1, (nowNs - dueNs + intervalNs) / intervalNs) * intervalNs;
            server.acceptUntil(dueNs);
        }
    }

    private boolean ended() {
        return server.isClosed() || companion.hasEnded() || Thread.currentThread().isInterrupted();
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
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // The last: an application that the agent rides in has filled the heap, and may
            // recover.
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            if (!reason.equals(failure) && !server.isClosed()) {
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
