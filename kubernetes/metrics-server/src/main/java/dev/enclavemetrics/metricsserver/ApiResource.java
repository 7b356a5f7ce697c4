package dev.enclavemetrics.metricsserver;

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
}
