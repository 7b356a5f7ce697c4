package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.contract.EnclaveMetric;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource as discovery lists it.
 *
 * @param parent such as pods
 * @param subresource as a rule the metric's name
 * @param kind of the answer
 */
record ApiResource(String parent, String subresource, boolean namespaced, String kind) {

    static final String METRIC_VALUES = "MetricValueList";

    String name() {
        return parent + "/" + subresource;
    }

    /** Those that are answered here. */
    static List<ApiResource> own() {
        List<ApiResource> own = new ArrayList<>();
        for (EnclaveMetric metric : EnclaveMetric.values()) {
            own.add(new ApiResource("pods", metric.metricName(), true, METRIC_VALUES));
        }
        own.add(new ApiResource("pods", StatusList.SUBRESOURCE, true, StatusList.KIND));
        for (DescribedKind kind : DescribedKind.values()) {
            for (Aggregate aggregate : Aggregate.ALL) {
                own.add(
                        new ApiResource(
                                kind.resource(), aggregate.wireName(), true, METRIC_VALUES));
            }
        }
        return own;
    }
}
