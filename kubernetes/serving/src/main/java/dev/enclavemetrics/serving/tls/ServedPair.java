package dev.enclavemetrics.serving.tls;

import java.time.Instant;
import java.util.function.Consumer;

/** The pair for new connections; open connections keep theirs. */
public final class ServedPair {

    private ServingPair current;
    private Consumer<ServingPair> server = pair -> {};

    public ServedPair(ServingPair first) {
        current = first;
    }

    public synchronized ServingPair current() {
        return current;
    }

    public synchronized Instant expiry() {
        return current.expiry();
    }

    public synchronized void exchange(ServingPair pair) {
        current = pair;
        server.accept(pair);
    }

    /** Gives the server the pair, now and at each exchange. */
    public synchronized void serve(Consumer<ServingPair> server) {
        this.server = server;
        server.accept(current);
    }
}
