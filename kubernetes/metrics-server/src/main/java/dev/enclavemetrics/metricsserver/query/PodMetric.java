package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.metricsserver.store.Point;
import org.jspecify.annotations.Nullable;

/**
 * A metric of pods that is served here.
 *
 * @param usage null for a number of the application
 */
record PodMetric(String name, @Nullable EnclaveMetric usage) {

    /** The metric of this name, whether a pod has it or not; null if it can have none. */
    static @Nullable PodMetric of(String name) {
        EnclaveMetric usage = EnclaveMetric.ofMetricName(name);
        return usage != null || ApplicationMetric.isMetricName(name)
                ? new PodMetric(name, usage)
                : null;
    }

    /** The value at a point: thousandths of a usage, a number of the application, or NaN. */
    double value(Point point) {
        return usage == null ? point.application().of(name) : point.milli(usage);
    }

    /** A value, or an average of values, as a quantity. */
    String quantity(double value) {
        return usage == null ? Quantity.of(value) : Quantity.ofMilli((int) Math.round(value));
    }
}
