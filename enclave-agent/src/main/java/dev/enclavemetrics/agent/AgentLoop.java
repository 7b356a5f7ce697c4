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

    /** How often the agent looks whether the process has ended that it runs beside. */
    private static final long LOOK_NS = 1_000_000_000;

    private final SamplingPipeline measurement;
    private final FrameServer server;
    private final AgentLog log;
    private final LongSupplier nanoTime;
    private final long intervalNs;
    private final ParentProcess companion;
    private final long lookNs;

    private final String noSample;
    private final RepeatedEvent failed;
    private String loggedReason = "";

    AgentLoop(
            SamplingPipeline measurement,
            FrameServer server,
            AgentConfig config,
            ParentProcess companion,
            AgentLog log,
            LongSupplier nanoTime) {
        this.measurement = measurement;
        this.server = server;
        this.log = log;
        this.nanoTime = nanoTime;
        this.intervalNs = config.intervalMs() * NS_PER_MS;
        this.companion = companion;
        this.noSample = "no sample, and so no value";
        this.failed = new RepeatedEvent(log, nanoTime);
        this.lookNs = config.whilePid() == AgentConfig.NO_PID ? intervalNs : LOOK_NS;
    }

    /** Runs until it is closed, or the process has ended that it runs beside. */
    @Override
    public void run() {
        long dueNs = nanoTime.getAsLong();
        while (!server.isClosed() && !companion.hasEnded()) {
            long nowNs = nanoTime.getAsLong();
            if (nowNs >= dueNs) {
                tick();
                nowNs = nanoTime.getAsLong();
                dueNs += Math.max(1, (nowNs - dueNs + intervalNs) / intervalNs) * intervalNs;
            }
            server.acceptUntil(Math.min(dueNs, nowNs + lookNs));
        }
    }

    /**
     * One tick. What fails is logged when it begins and when it ends, and the loop lives on. A
     * reason that is another each time is logged once a minute, and so is one that comes and goes.
     */
    void tick() {
        try {
            byte[] frame = measurement.tick();
            if (frame != null) {
                server.send(frame);
            }
            if (!loggedReason.isEmpty()) {
                loggedReason = "";
                log.line("sampling works again");
            }
        } catch (Throwable e) {
            // An Error too: an application that the agent rides in has filled the heap, and may
            // recover. What is done here must take no memory.
            String reason = AgentLog.message(e);
            if (!reason.equals(loggedReason) && !server.isClosed() && failed.failed(noSample, e)) {
                loggedReason = reason;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } finally {
            measurement.close();
            companion.close();
        }
    }
}
