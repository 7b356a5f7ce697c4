package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.launcher.snapshot.Counters;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

    private final int max;
    private final long idleTimeoutNs;
    private final Counters counters;

    /**
     * Until when each connection may stay open without a complete request, monotonic; the longest
     * idle one first.
     */
    private final Map<Channel, Long> deadlinesNs = new LinkedHashMap<>();

    private final Set<Channel> streams = new HashSet<>(); // never idle; bounded elsewhere
    private final Set<Channel> holding = new LinkedHashSet<>(); // the longest first
    private final Notice full;
    private final Notice holdingFull;

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
                        " HTTP clients have sent part of a request or do not read their responses,"
                                + " the maximum; each further one closes the one that has waited"
                                + " longest",
                        log);
    }

    /** The number of open connections. */
    int open() {
        return deadlinesNs.size() + streams.size();
    }

    /** Adds a connection; at the maximum, closes the longest idle one. */
    void opened(Channel channel, long nowNs) {
        if (open() >= max) {
            full.reached();
            closeFirst(deadlinesNs.keySet());
        }
        deadlinesNs.put(channel, nowNs + idleTimeoutNs);
        counters.httpConnections.set(open());
    }

    /** A request was complete: the connection is not idle. */
    void active(Channel channel, long nowNs) {
        if (deadlinesNs.remove(channel) != null) { // to put it last
            deadlinesNs.put(channel, nowNs + idleTimeoutNs);
        }
    }

    /** The connection's answer has no end: it is never idle. */
    void streams(Channel channel) {
        if (deadlinesNs.remove(channel) != null) {
            streams.add(channel);
        }
    }

    /** Closes the connection at this time at the latest. */
    void expire(Channel channel, long deadlineNs) {
        deadlinesNs.computeIfPresent(
                channel, (same, ns) -> deadlineNs - ns < 0 ? (Long) deadlineNs : ns);
    }

    /** Whether the connection holds a part of a request, or answers that are not sent yet. */
    void holds(Channel channel, boolean holds) {
        if (!holds) {
            holding.remove(channel);
            holdingFull.at(holding.size());
        } else if (deadlinesNs.containsKey(channel) || streams.contains(channel)) {
            if (holding.add(channel) && holding.size() > MAX_HOLDING) {
                holdingFull.reached();
                closeFirst(holding);
            }
        }
    }

    void closed(Channel channel) {
        forget(channel);
        full.at(open());
        holdingFull.at(holding.size());
    }

    private void forget(Channel channel) {
        deadlinesNs.remove(channel);
        streams.remove(channel);
        holding.remove(channel);
        counters.httpConnections.set(open());
    }

    private void closeFirst(Set<Channel> channels) {
        Iterator<Channel> first = channels.iterator();
        if (first.hasNext()) {
            Channel channel = first.next();
            forget(channel); // now: closed() comes later
            channel.close();
        }
    }

    /** Closes connections that are past their deadline. */
    void sweep(long nowNs) {
        // A copy, since closing changes the map.
        for (Map.Entry<Channel, Long> entry : List.copyOf(deadlinesNs.entrySet())) {
            if (nowNs - entry.getValue() >= 0) {
                entry.getKey().close();
            }
        }
    }
}
