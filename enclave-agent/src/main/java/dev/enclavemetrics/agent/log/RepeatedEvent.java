package dev.enclavemetrics.agent.log;

import java.util.function.LongSupplier;

/**
 * An event that a peer or a file can cause repeatedly: each message is logged the first time, then
 * at most once a minute, with the count of what was not. If the message differs each time, only the
 * first few of a minute are logged.
 */
public final class RepeatedEvent {

    private static final long QUIET_NS = 60_000_000_000L;
    private static final int MAX_MESSAGES = 4;

    private final AgentLog log;
    private final LongSupplier nanoTime;

    /** Since the minute began. */
    private final String[] logged = new String[MAX_MESSAGES];

    private int count;
    private long beganNs;
    private long unlogged;

    public RepeatedEvent(AgentLog log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Returns whether it was logged. */
    public boolean happened(String message) {
        long nowNs = nanoTime.getAsLong();
        if (count > 0 && nowNs - beganNs >= QUIET_NS) {
            count = 0;
        }
        if (count == MAX_MESSAGES || isLogged(message)) {
            unlogged++;
            return false;
        }
        if (count > 0 || unlogged == 0) {
            log.line(message);
        } else {
            log.line(message + " (and " + unlogged + " more like it)");
            unlogged = 0;
        }
        beganNs = count == 0 ? nowNs : beganNs;
        logged[count++] = message;
        return true;
    }

    private boolean isLogged(String message) {
        for (int i = 0; i < count; i++) {
            if (logged[i].equals(message)) {
                return true;
            }
        }
        return false;
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
