package dev.enclavemetrics.metricsserver.store;

import java.time.Duration;

/**
 * When pods are asked, and how long an answer counts.
 *
 * @param interval each pod is asked once in so long
 * @param timeout a request is given up after so long, connect and body included
 * @param warmUp a pod's values are withheld for so long after it first became Ready
 */
public record ScrapeRules(Duration interval, Duration timeout, Duration warmUp) {

    /** Intervals that a value lives: one answer may be lost and the next late. */
    private static final int LIFE_INTERVALS = 3;

    public ScrapeRules {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException(
                    "timeout must be from 1 ms to less than the interval of "
                            + interval
                            + ", found "
                            + timeout); // else a pod would be asked twice at once
        }
    }

    /** How long a point lives after it was received. */
    public long pointLifeNs() {
        return LIFE_INTERVALS * interval.toNanos(); // Duration.multipliedBy reckons in BigDecimals
    }
}
