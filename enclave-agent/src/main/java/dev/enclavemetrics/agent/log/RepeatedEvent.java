package dev.enclavemetrics.agent.log;

import java.util.function.LongSupplier;

/**
 * An event that a peer or a file can cause repeatedly: logged the first time, then at most once a
 * minute, with the count of what was not.
 */
public final class RepeatedEvent {

    private static final long QUIET_NS = 60_000_000_000L;

    private final AgentLog log;
    private final LongSupplier nanoTime;
    private boolean logged;
    private long loggedNs;
    private long unlogged;

    public RepeatedEvent(AgentLog log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Returns whether it was logged. */
    public boolean happened(String message) {
        long nowNs = nanoTime.getAsLong();
        if (logged && nowNs - loggedNs < QUIET_NS) {
            unlogged++;
            return false;
        }
        log.line(unlogged == 0 ? message : message + " (and " + unlogged + " more like it)");
        logged = true;
        loggedNs = nowNs;
        unlogged = 0;
        return true;
    }

    /** As {@link AgentLog#failure}. With no room for the line it is counted, and logged later. */
    public boolean failed(String consequence, Throwable failure) {
        try {
            return happened(consequence + ": " + AgentLog.message(failure));
        } catch (OutOfMemoryError e) {
            unlogged++;
            return false;
        }
    }
}
