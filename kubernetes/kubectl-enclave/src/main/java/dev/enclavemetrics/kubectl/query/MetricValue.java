package dev.enclavemetrics.kubectl.query;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A value of a metric.
 *
 * @param usage 0 to 1
 * @param windowSeconds what it is averaged over, or 0 if unknown
 */
record MetricValue(double usage, Instant sampledAt, int windowSeconds) {

    /**
     * Parses a usage.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    static double usage(String quantity) {
        BigDecimal usage = Quantity.of(quantity);
        if (usage != null && usage.signum() >= 0 && usage.compareTo(BigDecimal.ONE) <= 0) {
            return usage.doubleValue();
        }
        throw new IllegalArgumentException("a usage must be from 0 to 1, found " + quantity);
    }
}
