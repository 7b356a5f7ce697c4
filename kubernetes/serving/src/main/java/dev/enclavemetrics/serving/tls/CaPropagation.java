package dev.enclavemetrics.serving.tls;

import java.time.Duration;
import java.time.Instant;

/** Tells clients whom to trust, and knows for how long they have known it. For one thread. */
final class CaPropagation {

    /** How long clients get to learn of an authority: API servers follow within seconds. */
    static final Duration SETTLE = Duration.ofMinutes(5);

    private final CaBundles bundles;

    /** The authorities that clients had when last looked at, and since when. */
    private String known = "";

    private Instant since = Instant.MAX;

    /** What clients were told last, with success or without. */
    private String told = "";

    CaPropagation(CaBundles bundles) {
        this.bundles = bundles;
    }

    /** Tells clients of the authorities, unless they know; whether they did for long enough. */
    boolean areSettled(String bundle, Instant now) {
        boolean had = bundles.publish(bundle);
        if (!had || !bundle.equals(known)) {
            known = had ? bundle : "";
            since = now;
        }
        told = bundle;
        return had && !now.isBefore(since.plus(SETTLE));
    }

    /** Tells clients of the authorities, unless they were told of just these last. */
    void tell(String bundle, Instant now) {
        if (!bundle.equals(told)) {
            areSettled(bundle, now);
        }
    }
}
