package dev.enclavemetrics.contract;

/** Names of the statuses of pods that the metrics server adds to the Custom Metrics API. */
public final class EnclaveStatus {

    /** The subresource of pods. */
    public static final String SUBRESOURCE = "enclave_status";

    /** The kind of the answer. */
    public static final String LIST_KIND = "EnclaveStatusList";

    /** The query parameter that names metrics, and the object with their values. */
    public static final String METRICS = "metrics";

    private EnclaveStatus() {}
}
