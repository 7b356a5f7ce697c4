package dev.enclavemetrics.metricsserver.store;

import java.time.Duration;

/**
 * When pods are scraped, and how long a point lives.
 *
 * @param interval each pod is scraped once per interval
 * @param timeout of a scrape, connect and body included; less than the interval
 * @param warmUp how long a pod's values are withheld after it first became Ready
 */
public record ScrapeConfig(Duration interval, Duration timeout, Duration warmUp) {

    /** Intervals that a point lives: one scrape may fail and the next be late. */
    private static final int LIFE_INTERVALS = 3;

    public ScrapeConfig {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException(
                    "timeout must be from 1 ms to less than the interval of "
                            + interval
                            + ", found "
                            + timeout); // otherwise a pod could be scraped twice at once
        }
    }

    /** How long a point lives after it was received. */
    public long pointLifeNs() {
        return LIFE_INTERVALS * interval.toNanos(); // multipliedBy is slow: BigDecimal
    }
}
