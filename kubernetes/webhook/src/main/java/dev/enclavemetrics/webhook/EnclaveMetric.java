package dev.enclavemetrics.webhook;

import org.jspecify.annotations.Nullable;

/** The two enclave metrics, each with the standard metric that it stands in for. */
enum EnclaveMetric {
    CPU("cpu", "nitro_enclave_cpu_usage"),
    MEMORY("memory", "nitro_enclave_memory_usage");

    private final String resource;
    private final String metricName;

    EnclaveMetric(String resource, String metricName) {
        this.resource = resource;
        this.metricName = metricName;
    }

    /** The name of the standard metric. */
    String resource() {
        return resource;
    }

    /** The name in the Custom Metrics API. */
    String metricName() {
        return metricName;
    }

    static @Nullable EnclaveMetric ofResource(String resource) {
        for (EnclaveMetric metric : values()) {
            if (metric.resource.equals(resource)) {
                return metric;
            }
        }
        return null;
    }

    static @Nullable EnclaveMetric ofMetricName(String name) {
        for (EnclaveMetric metric : values()) {
            if (metric.metricName.equals(name)) {
                return metric;
            }
        }
        return null;
    }
}
