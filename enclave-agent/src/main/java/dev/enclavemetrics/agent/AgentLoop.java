package dev.enclavemetrics.agent;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Ticks at fixed times, and accepts launchers in between. A late tick does not delay the later
 * ones; missed ticks are skipped.
 */
final class AgentLoop implements Runnable, Closeable {

    private static final long NS_PER_MS = 1_000_000;

    /** How often the agent checks whether its parent process has ended. */
    private static final long PARENT_CHECK_NS = 1_000_000_000;

    private final SamplingPipeline pipeline;
    private final FrameServer server;
    private final AgentLog log;
    private final LongSupplier nanoTime;
    private final long intervalNs;
    private final ParentProcess parent;
    private final long parentCheckNs;

    private final String noSample;
    private final RepeatedEvent failures;
    private String currentProblem = "";

    AgentLoop(
            SamplingPipeline pipeline,
            FrameServer server,
            AgentConfig config,
            ParentProcess parent,
            AgentLog log,
            LongSupplier nanoTime) {
        this.pipeline = pipeline;
        this.server = server;
        this.log = log;
        this.nanoTime = nanoTime;
        this.intervalNs = config.intervalMs() * NS_PER_MS;
        this.parent = parent;
        this.noSample = "no sample, so no value";
        this.failures = new RepeatedEvent(log, nanoTime);
        this.parentCheckNs = config.whilePid() == AgentConfig.NO_PID ? intervalNs : PARENT_CHECK_NS;
    }

    /** Runs until it is closed, or until the parent process has ended. */
    @Override
    public void run() {
        long dueNs = nanoTime.getAsLong();
        while (!server.isClosed() && !parent.hasEnded()) {
            long nowNs = nanoTime.getAsLong();
            if (nowNs >= dueNs) {
                tick();
                nowNs = nanoTime.getAsLong();
                dueNs += Math.max(1, (nowNs - dueNs + intervalNs) / intervalNs) * intervalNs;
            }
            server.acceptUntil(Math.min(dueNs, nowNs + parentCheckNs));
        }
    }

    /**
     * One tick. A failure is logged when it begins and when it ends; the loop continues. A reason
     * that changes each time, or comes and goes, is logged at most once a minute.
     */
    void tick() {
        try {
            byte[] frame = pipeline.tick();
            if (frame != null) {
                server.send(frame);
            }
            if (!currentProblem.isEmpty()) {
                currentProblem = "";
                log.line("sampling recovered");
            }
        } catch (Throwable e) {
            // An Error too: the application around a -javaagent may have filled the heap, and may
            // recover. This code must allocate nothing.
            String reason = AgentLog.message(e);
            if (!reason.equals(currentProblem)
                    && !server.isClosed()
                    && failures.failed(noSample, e)) {
                currentProblem = reason;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } finally {
            pipeline.close();
            parent.close();
        }
    }
}
