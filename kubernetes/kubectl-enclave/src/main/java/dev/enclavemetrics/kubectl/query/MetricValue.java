package dev.enclavemetrics.kubectl.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of a metric.
 *
 * @param usage 0 to 1
 * @param windowSeconds what it is averaged over, or 0 if unknown
 */
record MetricValue(double usage, Instant sampledAt, int windowSeconds) {

    /** The forms of a Kubernetes quantity from 0 to 1. */
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)([num]?)");

    private static final String SUFFIXES = "mun"; // thousandths, millionths, billionths

    /**
     * Parses a usage.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    static double usage(String quantity) {
        Matcher matcher = QUANTITY.matcher(quantity);
        if (matcher.matches()) {
            int thousands = SUFFIXES.indexOf(matcher.group(2)) + 1;
            int places = matcher.group(2).isEmpty() ? 0 : 3 * thousands;
            BigDecimal usage = new BigDecimal(matcher.group(1)).movePointLeft(places);
            if (usage.compareTo(BigDecimal.ONE) <= 0) {
                return usage.doubleValue();
            }
        }
        throw new IllegalArgumentException("a usage must be from 0 to 1, found " + quantity);
    }
}
