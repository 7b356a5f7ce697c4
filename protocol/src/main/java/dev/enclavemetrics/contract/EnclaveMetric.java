package dev.enclavemetrics.contract;

import org.jspecify.annotations.Nullable;

/** The two usages of an enclave, each an average over the agent's window, 0.0 to 1.0. */
public enum EnclaveMetric {
    /** Over all cores. */
    CPU_USAGE("nitro_enclave_cpu_usage", "cpu"),
    /** In-memory filesystems included. */
    MEMORY_USAGE("nitro_enclave_memory_usage", "memory");

    private final String metricName;
    private final String resource;

    EnclaveMetric(String metricName, String resource) {
        this.metricName = metricName;
        this.resource = resource;
    }

    /** The name in the launcher's answers, in the Custom Metrics API and in HPAs. */
    public String metricName() {
        return metricName;
    }

    /** The Kubernetes resource metric that this metric replaces in HPAs. */
    public String resource() {
        return resource;
    }

    /** The metric of this name, or null. */
    public static @Nullable EnclaveMetric ofMetricName(String name) {
        for (EnclaveMetric metric : values()) {
            if (metric.metricName.equals(name)) {
                return metric;
            }
        }
        return null;
    }

    /** The metric that replaces this resource, or null. */
    public static @Nullable EnclaveMetric ofResource(String resource) {
        for (EnclaveMetric metric : values()) {
            if (metric.resource.equals(resource)) {
                return metric;
            }
        }
        return null;
    }
}
