package dev.enclavemetrics.serving;

import java.time.Instant;
import java.util.function.Consumer;

/** The pair that new connections are served with. Connections that are open keep theirs. */
final class ServedPair {

    private ServingPair current;
    private Consumer<ServingPair> server = pair -> {};

    ServedPair(ServingPair first) {
        current = first;
    }

    synchronized ServingPair current() {
        return current;
    }

    synchronized Instant expiry() {
        return current.expiry();
    }

    synchronized void exchange(ServingPair pair) {
        current = pair;
        server.accept(pair);
    }

    /** Gives the server the pair, now and at each exchange. */
    synchronized void serve(Consumer<ServingPair> server) {
        this.server = server;
        server.accept(current);
    }
}
