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

    private final int most;
    private final long idleTimeoutNs;
    private final Counters counters;
    private final Log log;

    /** Until when each may stay open without a complete request; monotonic, ns. */
    private final Map<Channel, Long> deadlineNs = new HashMap<>();

    private boolean fullTold;

    OpenConnections(int most, Duration idleTimeout, Counters counters, Log log) {
        this.most = most;
        this.idleTimeoutNs = idleTimeout.toNanos();
        this.counters = counters;
        this.log = log;
    }

    /** Takes a new connection, or tells that there are too many. */
    boolean admit(Channel channel, long nowNs) {
        if (deadlineNs.size() >= most) {
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
        active(channel, nowNs);
        return true;
    }

    /** A request was complete: the connection is not idle. */
    void active(Channel channel, long nowNs) {
        deadlineNs.put(channel, nowNs + idleTimeoutNs);
        counters.httpConnections.set(deadlineNs.size());
    }

    /** The connection is to be closed by then, whatever comes. */
    void expire(Channel channel, long deadline) {
        deadlineNs.computeIfPresent(
                channel, (c, former) -> deadline - former < 0 ? deadline : former);
    }

    void left(Channel channel) {
        deadlineNs.remove(channel);
        counters.httpConnections.set(deadlineNs.size());
        if (deadlineNs.size() <= most / 2) {
            fullTold = false; // the next time is another event
        }
    }

    /** Closes what is past its deadline. */
    void sweep(long nowNs) {
        // A copy, since closing changes the map.
        for (Map.Entry<Channel, Long> entry : new ArrayList<>(deadlineNs.entrySet())) {
            if (nowNs - entry.getValue() >= 0) {
                entry.getKey().close();
            }
        }
    }
}
