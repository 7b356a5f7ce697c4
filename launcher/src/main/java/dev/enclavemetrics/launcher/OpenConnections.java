package dev.enclavemetrics.launcher;

import dev.enclavemetrics.process.Log;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * The HTTP connections that are open: so many at most, none of them idle for long. For the event
 * loop's thread only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class OpenConnections {

    private static final long NEVER_NS = Long.MAX_VALUE / 2;

    private final int most;
    private final long idleTimeoutNs;
    private final Counters counters;
    private final Log log;

    private final Map<Channel, Deadline> deadlines = new HashMap<>();

    private boolean fullTold;

    /** Until when a connection may stay open without a complete request. */
    private static final class Deadline {
        private long ns; // monotonic
    }

    OpenConnections(int most, Duration idleTimeout, Counters counters, Log log) {
        this.most = most;
        this.idleTimeoutNs = idleTimeout.toNanos();
        this.counters = counters;
        this.log = log;
    }

    /** Takes a new connection, or tells that there are too many. */
    boolean admit(Channel channel, long nowNs) {
        if (deadlines.size() >= most) {
            if (!fullTold) {
                fullTold = true;
                log.warn(
                        most
                                + " HTTP connections are open, the most that "
                                + Setting.MAX_CONNECTIONS.flag()
                                + " allows; more are closed at once");
            }
            return false;
        }
        Deadline deadline = new Deadline();
        deadline.ns = nowNs + idleTimeoutNs;
        deadlines.put(channel, deadline);
        counters.httpConnections.set(deadlines.size());
        return true;
    }

    /** A request was complete: the connection is not idle. */
    void active(Channel channel, long nowNs) {
        Deadline deadline = deadlines.get(channel);
        if (deadline != null) {
            deadline.ns = nowNs + idleTimeoutNs;
        }
    }

    /** The connection's answer has no end: it is never idle. */
    void streams(Channel channel, long nowNs) {
        Deadline deadline = deadlines.get(channel);
        if (deadline != null) {
            deadline.ns = nowNs + NEVER_NS;
        }
    }

    /** The connection is to be closed by then, whatever comes. */
    void expire(Channel channel, long deadlineNs) {
        Deadline deadline = deadlines.get(channel);
        if (deadline != null && deadlineNs - deadline.ns < 0) {
            deadline.ns = deadlineNs;
        }
    }

    void left(Channel channel) {
        deadlines.remove(channel);
        counters.httpConnections.set(deadlines.size());
        if (deadlines.size() <= most / 2) {
            fullTold = false; // the next time is another event
        }
    }

    /** Closes what is past its deadline. */
    void sweep(long nowNs) {
        // A copy, since closing changes the map.
        for (Map.Entry<Channel, Deadline> entry : new ArrayList<>(deadlines.entrySet())) {
            if (nowNs - entry.getValue().ns >= 0) {
                entry.getKey().close();
            }
        }
    }
}
