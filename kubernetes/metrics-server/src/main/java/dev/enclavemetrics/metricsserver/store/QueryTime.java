package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.bootstrap.Clock;
import java.time.Instant;

/**
 * The time of a query, the same for all of its pods.
 *
 * @param warmSince a pod that was Ready at this time is past the warm-up
 * @param nowNs the monotonic clock
 */
public record QueryTime(ScrapeConfig config, Instant warmSince, long nowNs) {

    public static QueryTime of(ScrapeConfig config, Clock clock) {
        return new QueryTime(config, clock.instant().minus(config.warmUp()), clock.nanoTime());
    }

    /** Whether a point received at this time is still live. */
    boolean isLive(long receivedNs) {
        return nowNs - receivedNs <= config.pointLifeNs();
    }
}
