package dev.enclavemetrics.metricsserver.request;

/**
 * A resource as discovery lists it.
 *
 * @param parent such as pods
 * @param subresource as a rule the metric's name
 * @param kind of the answer
 */
public record ApiResource(String parent, String subresource, boolean namespaced, String kind) {

    public static final String METRIC_VALUES = "MetricValueList";

    public String name() {
        return parent + "/" + subresource;
    }
}
