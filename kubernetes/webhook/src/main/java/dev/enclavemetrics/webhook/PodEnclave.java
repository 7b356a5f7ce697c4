package dev.enclavemetrics.webhook;

import java.util.List;

/** Which enclave a pod's sidecar serves, as the pod's annotations say. */
sealed interface PodEnclave permits EnclaveAddress, EnclaveStart {

    /** What the launcher is told of it. */
    List<String> arguments();

    /** The same for a log. */
    String text();

    /**
     * Reads the annotations.
     *
     * @throws RefusedException that names a bad annotation, its value, and what to write
     */
    static PodEnclave of(Annotations annotations) {
        PodEnclave start = EnclaveStart.of(annotations);
        return start == null ? EnclaveAddress.of(annotations) : start;
    }
}
