package dev.enclavemetrics.serving.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Limits the number of connections. When a new one exceeds the limit, the peer with the most
 * connections loses its longest idle one, so a peer that opens many only closes its own. For any
 * thread.
 *
 * @param <C> a connection
 */
final class ConnectionLimit<C> {

    private final int max;
    private final Function<C, String> peer;
    private final Consumer<C> close;

    /**
     * By peer; in both maps the longest idle first, and the values of the inner one mean nothing.
     */
    private final Map<String, Map<C, Boolean>> peers = accessOrdered();

    private int size;

    /**
     * @param peer the address of a connection's client, without the port
     * @param close called with each connection to close
     */
    ConnectionLimit(int max, Function<C, String> peer, Consumer<C> close) {
        this.max = max;
        this.peer = peer;
        this.close = close;
    }

    private static <K, V> Map<K, V> accessOrdered() {
        return new LinkedHashMap<>(16, 0.75f, true);
    }

    synchronized void opened(C connection) {
        peers.computeIfAbsent(peer.apply(connection), address -> accessOrdered())
                .put(connection, true);
        size++;
        if (size > max) {
            Iterator<C> longestIdle = mostOfOnePeer().keySet().iterator();
            C idle = longestIdle.next();
            closed(idle);
            close.accept(idle);
        }
    }

    /** If several peers have the most, the one that has been idle longest. */
    private Map<C, Boolean> mostOfOnePeer() {
        Map<C, Boolean> most = Map.of();
        for (Map<C, Boolean> connections : peers.values()) {
            if (connections.size() > most.size()) {
                most = connections;
            }
        }
        return most;
    }

    /** A request has arrived. */
    synchronized void used(C connection) {
        Map<C, Boolean> connections = peers.get(peer.apply(connection)); // moves it to the end
        if (connections != null) {
            connections.get(connection); // the same
        }
    }

    synchronized void closed(C connection) {
        String address = peer.apply(connection);
        Map<C, Boolean> connections = peers.get(address);
        if (connections != null && connections.remove(connection) != null) {
            size--;
            if (connections.isEmpty()) {
                peers.remove(address);
            }
        }
    }
}
