package dev.enclavemetrics.webhook;

import java.util.List;
import java.util.Map;

/** Which enclave a pod's sidecar serves, as the pod's annotations say. */
sealed interface PodEnclave permits EnclaveAddress, EnclaveStart {

    /** What the launcher is told of it. */
    List<String> arguments();

    /** The same for a log. */
    String text();

    /** Beside CPU and memory, what the scheduler and the kubelet must give: requests and limits. */
    default Map<String, String> devices() {
        return Map.of();
    }

    /**
     * Reads the annotations.
     *
     * @throws RefusedException that names a bad annotation, its value, and what to write
     */
    static PodEnclave of(Annotations annotations, SidecarSettings settings) {
        PodEnclave start = EnclaveStart.of(annotations, settings);
        return start == null ? EnclaveAddress.of(annotations) : start;
    }
}
