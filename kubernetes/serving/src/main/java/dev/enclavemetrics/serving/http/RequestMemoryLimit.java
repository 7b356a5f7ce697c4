package dev.enclavemetrics.serving.http;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Limits the memory that requests take until they have ended, over all connections together. Beyond
 * the limit the connection that holds the most is closed. For one thread.
 *
 * @param <C> a connection
 */
final class RequestMemoryLimit<C> {

    private final long maxBytes;
    private final Consumer<C> close;
    private final Map<C, Long> held = new HashMap<>();
    private long totalBytes;

    /**
     * @param close called with each connection that is to be closed; what it holds no longer counts
     */
    RequestMemoryLimit(long maxBytes, Consumer<C> close) {
        this.maxBytes = maxBytes;
        this.close = close;
    }

    /** A request of this size has arrived. */
    void hold(C connection, long bytes) {
        held.merge(connection, bytes, Long::sum);
        totalBytes += bytes;
        while (totalBytes > maxBytes) {
            C greediest = greediest(connection);
            closed(greediest);
            close.accept(greediest);
        }
    }

    private C greediest(C newest) {
        C greediest = newest;
        for (Map.Entry<C, Long> entry : held.entrySet()) {
            if (entry.getValue() > held.getOrDefault(greediest, 0L)) {
                greediest = entry.getKey();
            }
        }
        return greediest;
    }

    /** The request has ended; has no effect once its connection was closed. */
    void release(C connection, long bytes) {
        Long before = held.get(connection);
        if (before != null) {
            held.put(connection, before - bytes);
            totalBytes -= bytes;
        }
    }

    void closed(C connection) {
        Long bytes = held.remove(connection);
        if (bytes != null) {
            totalBytes -= bytes;
        }
    }

    long totalBytes() {
        return totalBytes;
    }
}
