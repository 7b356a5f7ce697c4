package dev.enclavemetrics.kubectl;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value of a metric.
 *
 * @param usage 0 to 1
 * @param windowSeconds what it is averaged over, or 0 if nobody told
 */
record MetricValue(double usage, Instant sampledAt, int windowSeconds) {

    /** What a quantity of Kubernetes from 0 to 1 may look like. */
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)([num]?)");

    private static final String SUFFIXES = "mun"; // thousandths, millionths, billionths

    /**
     * Reads a usage.
     *
     * @throws IllegalArgumentException if it is none, with what must hold
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
