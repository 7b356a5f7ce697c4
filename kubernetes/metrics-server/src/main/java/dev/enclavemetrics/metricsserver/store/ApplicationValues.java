package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.frame.ApplicationMetric;
import java.util.List;
import java.util.Map;

/**
 * The values of a pod's application metrics at one sample, by their full names. At most 16, so a
 * search of the names needs no index.
 */
public final class ApplicationValues {

    /** No metrics; shared, since most pods have none. */
    public static final ApplicationValues NONE = new ApplicationValues(Map.of());

    /**
     * The greatest value, either side of zero: autoscalers add up the pods' values as thousandths
     * in 64 bits, which then fits 9,000 pods.
     */
    public static final double MAX = 1e12;

    private final String[] names;
    private final double[] values;

    private ApplicationValues(Map<String, Double> values) {
        names = values.keySet().toArray(String[]::new);
        this.values = values.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * The given values; none is {@link #NONE}.
     *
     * @param values by the metric's name; at most 16, each from -{@link #MAX} to {@link #MAX}
     */
    public static ApplicationValues of(Map<String, Double> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        if (values.size() > ApplicationMetric.MAX_COUNT) {
            throw new IllegalArgumentException(
                    "values must be at most "
                            + ApplicationMetric.MAX_COUNT
                            + ", found "
                            + values.size());
        }
        values.forEach(
                (name, value) -> {
                    if (!isAllowed(value)) {
                        throw new IllegalArgumentException(
                                name + " must be from -1e12 to 1e12, found " + value);
                    }
                });
        return new ApplicationValues(values);
    }

    /** Whether this can be a value; NaN cannot. */
    public static boolean isAllowed(double value) {
        return Math.abs(value) <= MAX;
    }

    /** The metric's value, or NaN if there is none. */
    public double of(String metricName) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(metricName)) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    /** The names of the metrics. */
    List<String> names() {
        return List.of(names);
    }
}
