package dev.enclavemetrics.metricsserver.request;

/**
 * A resource as discovery lists it.
 *
 * @param parent such as pods
 * @param subresource usually the metric's name
 * @param kind the answer's kind
 */
public record ApiResource(String parent, String subresource, boolean namespaced, String kind) {

    /** The kind of a list of resources. */
    public static final String LIST = "APIResourceList";

    public static final String METRIC_VALUES = "MetricValueList";

    public String name() {
        return parent + "/" + subresource;
    }
}
