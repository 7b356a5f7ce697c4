package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.contract.EnclaveStatus;
import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric of pods that is served here.
 *
 * @param usage null for an application metric
 */
record PodMetric(String name, @Nullable EnclaveMetric usage) {

    /** As many as a pod can have. */
    private static final int MAX_LISTED = ApplicationMetric.MAX_COUNT;

    /** The metric of this name, even if no pod has it; null if no pod can have it. */
    static @Nullable PodMetric of(String name) {
        EnclaveMetric usage = EnclaveMetric.ofMetricName(name);
        return usage != null || ApplicationMetric.isMetricName(name)
                ? new PodMetric(name, usage)
                : null;
    }

    /**
     * The metrics that the query parameter {@code metrics} names, separated by commas.
     *
     * @param names empty for none
     * @throws RefusedException that names the rule and the name found
     */
    static List<PodMetric> list(String names) {
        List<PodMetric> metrics = new ArrayList<>();
        for (String name : names.isEmpty() ? new String[0] : names.split(",", MAX_LISTED + 2)) {
            PodMetric metric = of(name);
            if (metric == null || metrics.size() == MAX_LISTED) {
                throw new RefusedException(
                        StatusReason.BAD_REQUEST,
                        EnclaveStatus.METRICS
                                + " must be at most "
                                + MAX_LISTED
                                + " names of metrics of pods, separated by commas, found "
                                + name);
            }
            metrics.add(metric);
        }
        return metrics;
    }

    /** The value at a point: a usage in thousandths, an application metric, or NaN. */
    double value(Point point) {
        return usage == null ? point.application().of(name) : point.milli(usage);
    }

    /** A value, or an average of values, as a quantity. */
    String quantity(double value) {
        return usage == null ? Quantity.of(value) : Quantity.ofMilli((int) Math.round(value));
    }
}
