package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.bootstrap.Clock;
import java.time.Instant;

/**
 * When pods are looked at, and what the rules make of it: the same for all pods of a query.
 *
 * @param warmSince who was Ready then, or before, is past the warm-up
 */
public record QueryTime(ScrapeRules rules, Instant warmSince, long nowNs) {

    public static QueryTime of(ScrapeRules rules, Clock clock) {
        return new QueryTime(rules, clock.instant().minus(rules.warmUp()), clock.nanoTime());
    }

    /** Whether what was received then still counts. */
    boolean isLive(long receivedNs) {
        return nowNs - receivedNs <= rules.pointLifeNs();
    }
}
