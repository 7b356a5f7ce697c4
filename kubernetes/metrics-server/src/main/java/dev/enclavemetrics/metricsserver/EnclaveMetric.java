package dev.enclavemetrics.metricsserver;

import org.jspecify.annotations.Nullable;

/** The two metrics of an enclave, by the names that clusters know. */
enum EnclaveMetric {
    CPU_USAGE("nitro_enclave_cpu_usage"),
    MEMORY_USAGE("nitro_enclave_memory_usage");

    private final String wireName;

    EnclaveMetric(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the launcher's JSON, in queries and in HPAs. */
    String wireName() {
        return wireName;
    }

    static @Nullable EnclaveMetric of(String wireName) {
        for (EnclaveMetric metric : values()) {
            if (metric.wireName.equals(wireName)) {
                return metric;
            }
        }
        return null;
    }

    /** This metric's value, in thousandths. */
    int of(Point point) {
        return switch (this) {
            case CPU_USAGE -> point.cpuMilli();
            case MEMORY_USAGE -> point.memoryMilli();
        };
    }
}
