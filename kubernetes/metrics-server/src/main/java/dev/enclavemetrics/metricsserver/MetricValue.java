package dev.enclavemetrics.metricsserver;

import java.time.Instant;

/**
 * One value, and of what it is.
 *
 * @param milli thousandths
 */
record MetricValue(
        String kind,
        String apiVersion,
        String namespace,
        String name,
        String metric,
        Instant sampledAt,
        int windowSeconds,
        int milli) {

    static MetricValue of(PodReading pod, Point point, EnclaveMetric metric) {
        return new MetricValue(
                "Pod",
                "/v1",
                pod.namespace(),
                pod.name(),
                metric.wireName(),
                point.sampledAt(),
                point.windowSeconds(),
                metric.of(point));
    }

    /** The canonical form of a quantity from 0 to 1: no one thousandth more than needed. */
    static String quantity(int milli) {
        return milli % 1000 == 0 ? String.valueOf(milli / 1000) : milli + "m";
    }
}
