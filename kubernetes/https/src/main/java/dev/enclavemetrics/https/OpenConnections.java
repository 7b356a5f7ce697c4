package dev.enclavemetrics.https;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Bounds the connections. A new one is let in at the cost of the one whose last request is the
 * longest ago: who opens many and asks nothing shuts out nobody but himself. For one thread.
 *
 * @param <C> a connection
 */
final class OpenConnections<C> {

    private final int most;
    private final Consumer<C> close;

    /** The longest idle first; the values mean nothing. */
    private final Map<C, Boolean> connections = new LinkedHashMap<>(16, 0.75f, true);

    OpenConnections(int most, Consumer<C> close) {
        this.most = most;
        this.close = close;
    }

    void opened(C connection) {
        connections.put(connection, true);
        if (connections.size() > most) {
            Iterator<C> oldest = connections.keySet().iterator();
            C idle = oldest.next();
            oldest.remove();
            close.accept(idle);
        }
    }

    /** A request came. */
    void used(C connection) {
        connections.get(connection); // moves it to the end
    }

    void closed(C connection) {
        connections.remove(connection);
    }
}
