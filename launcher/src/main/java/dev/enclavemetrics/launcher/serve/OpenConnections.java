package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.launcher.snapshot.Counters;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Bounds the open HTTP connections, their memory and their idle time. A new connection is always
 * accepted: at the maximum, it replaces the connection whose last complete request is the longest
 * ago. For the event loop's thread only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing to do if a close fails
final class OpenConnections {

    /**
     * How many connections may hold more memory than their own objects at once: a part of a
     * request, or answers that the client has not read. Each may hold about 20 KiB of heap and 40
     * KiB of direct memory. Ordinary clients do so for a round trip.
     */
    static final int MAX_HOLDING = 128;

    private static final long NEVER_NS = Long.MAX_VALUE / 2;

    private final int max;
    private final long idleTimeoutNs;
    private final Counters counters;

    private final Map<Channel, Deadline> deadlines = new HashMap<>();

    /** All but streams, whose number is bounded elsewhere; the longest idle first. */
    private final Set<Channel> idle = new LinkedHashSet<>();

    private final Set<Channel> holding = new LinkedHashSet<>(); // the longest first
    private final Notice full;
    private final Notice holdingFull;

    /** Until when a connection may stay open without a complete request. */
    private static final class Deadline {
        private long ns; // monotonic
    }

    /** Logs once that a maximum is reached; again after the number has fallen to half of it. */
    private static final class Notice {
        private final int max;
        private final String message;
        private final Log log;
        private boolean logged;

        Notice(int max, String message, Log log) {
            this.max = max;
            this.message = message;
            this.log = log;
        }

        void reached() {
            if (!logged) {
                logged = true;
                log.warn(max + message);
            }
        }

        void at(int number) {
            logged &= number > max / 2;
        }
    }

    OpenConnections(HttpSettings settings, Counters counters, Log log) {
        max = settings.maxConnections();
        idleTimeoutNs = settings.idleTimeout().toNanos();
        this.counters = counters;
        full =
                new Notice(
                        max,
                        " HTTP connections are open, the maximum of --max-connections; each new one"
                                + " closes the longest idle one",
                        log);
        holdingFull =
                new Notice(
                        MAX_HOLDING,
                        " HTTP clients have sent a part of a request or do not read their answers,"
                                + " the maximum; each further one closes the longest waiting one",
                        log);
    }

    /** Adds a connection; at the maximum, closes the longest idle one. */
    void opened(Channel channel, long nowNs) {
        if (deadlines.size() >= max) {
            full.reached();
            closeFirst(idle);
        }
        Deadline deadline = new Deadline();
        deadline.ns = nowNs + idleTimeoutNs;
        deadlines.put(channel, deadline);
        idle.add(channel);
        counters.httpConnections.set(deadlines.size());
    }

    /** A request was complete: the connection is not idle. */
    void active(Channel channel, long nowNs) {
        Deadline deadline = deadlines.get(channel);
        if (deadline != null) {
            deadline.ns = nowNs + idleTimeoutNs;
            if (idle.remove(channel)) {
                idle.add(channel);
            }
        }
    }

    /** The connection's answer has no end: it is never idle. */
    void streams(Channel channel, long nowNs) {
        Deadline deadline = deadlines.get(channel);
        if (deadline != null) {
            deadline.ns = nowNs + NEVER_NS;
            idle.remove(channel);
        }
    }

    /** Closes the connection at this time at the latest. */
    void expire(Channel channel, long deadlineNs) {
        Deadline deadline = deadlines.get(channel);
        if (deadline != null && deadlineNs - deadline.ns < 0) {
            deadline.ns = deadlineNs;
        }
    }

    /** Whether the connection holds a part of a request, or answers that are not sent yet. */
    void holds(Channel channel, boolean holds) {
        if (!holds) {
            holding.remove(channel);
            holdingFull.at(holding.size());
        } else if (deadlines.containsKey(channel) && holding.add(channel)) {
            if (holding.size() > MAX_HOLDING) {
                holdingFull.reached();
                closeFirst(holding);
            }
        }
    }

    void closed(Channel channel) {
        forget(channel);
        full.at(deadlines.size());
        holdingFull.at(holding.size());
    }

    private void forget(Channel channel) {
        deadlines.remove(channel);
        idle.remove(channel);
        holding.remove(channel);
        counters.httpConnections.set(deadlines.size());
    }

    private void closeFirst(Set<Channel> channels) {
        Iterator<Channel> first = channels.iterator();
        if (first.hasNext()) {
            Channel channel = first.next();
            forget(channel); // now: closed() comes later
            channel.close();
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
