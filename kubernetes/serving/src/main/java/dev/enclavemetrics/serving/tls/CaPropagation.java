package dev.enclavemetrics.serving.tls;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;

/**
 * Publishes authorities to clients, and tracks whether clients have had time to load them. For one
 * thread.
 */
final class CaPropagation implements Closeable {

    /** The time that clients get to load an authority; API servers do so within seconds. */
    static final Duration SETTLE = Duration.ofMinutes(5);

    private final CaBundles bundles;

    /** The authorities that all clients had at the last check, and since when. */
    private String known = "";

    private Instant since = Instant.MAX;

    /** What was published last, successfully or not. */
    private String published = "";

    CaPropagation(CaBundles bundles) {
        this.bundles = bundles;
    }

    /**
     * Publishes the authorities where they are missing; whether all clients have had them for long
     * enough.
     */
    boolean areSettled(String bundle, Instant now) {
        boolean had = bundles.publish(bundle);
        if (!had || !bundle.equals(known)) {
            known = had ? bundle : "";
            since = now;
        }
        published = bundle;
        return had && !now.isBefore(since.plus(SETTLE));
    }

    /** Publishes the authorities, unless the same were published last. */
    void publish(String bundle, Instant now) {
        if (!bundle.equals(published)) {
            areSettled(bundle, now);
        }
    }

    /** Logs no failures from now on; from any thread. */
    @Override
    public void close() {
        bundles.close();
    }
}
