package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.log.RepeatedEvent;
import dev.enclavemetrics.agent.serve.FrameServer;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.frame.Ending;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Ticks as scheduled, and accepts launchers in between. */
final class AgentLoop implements Runnable, Closeable {

    private static final long NS_PER_MS = 1_000_000;

    /** How often the agent checks whether its parent process has ended. */
    private static final long PARENT_CHECK_NS = 1_000_000_000;

    private final SamplingPipeline pipeline;
    private final FrameServer server;
    private final AgentConfig config;
    private final AgentLog log;
    private final LongSupplier nanoTime;
    private final ParentProcess parent;
    private final long parentCheckNs;

    private final String noSample;
    private final RepeatedEvent failures;
    private String currentProblem = "";

    private volatile @Nullable Ending ending;

    AgentLoop(
            SamplingPipeline pipeline,
            FrameServer server,
            AgentConfig config,
            ParentProcess parent,
            AgentLog log,
            LongSupplier nanoTime) {
        this.pipeline = pipeline;
        this.server = server;
        this.config = config;
        this.log = log;
        this.nanoTime = nanoTime;
        this.parent = parent;
        this.noSample = "no sample, so no value";
        this.failures = new RepeatedEvent(log, nanoTime);
        this.parentCheckNs =
                config.whilePid() == AgentConfig.NO_PID
                        ? config.intervalMs() * NS_PER_MS
                        : PARENT_CHECK_NS;
    }

    /** Runs until it is closed, or until the parent process has ended. */
    @Override
    public void run() {
        TickSchedule ticks =
                new TickSchedule(
                        config.intervalMs(), config.resolution().coarse(), nanoTime.getAsLong());
        while (!server.isClosed() && !parent.hasEnded() && ending == null) {
            long nowNs = nanoTime.getAsLong();
            if (nowNs >= ticks.dueNs()) {
                tick();
                nowNs = nanoTime.getAsLong();
                ticks.ticked(nowNs);
            }
            server.acceptUntil(Math.min(ticks.dueNs(), nowNs + parentCheckNs));
        }
        Ending how = ending;
        if (how != null) {
            byte[] frame = pipeline.last(how);
            if (frame != null) {
                sendLast(frame);
            }
        }
    }

    private void sendLast(byte[] frame) {
        try {
            server.sendLast(frame);
        } catch (Throwable e) {
            if (!server.isClosed()) {
                log.failure("no last words", e);
            }
        }
    }

    /** Ends the loop with a last frame, from any thread. */
    void end(Ending how) throws IOException {
        try {
            server.stopAccepting(); // before the loop ends, which may listen again
        } finally {
            ending = how;
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
