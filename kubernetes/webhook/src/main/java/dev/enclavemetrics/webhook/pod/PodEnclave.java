package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.webhook.admission.Annotations;
import java.util.List;
import java.util.Map;

/** The enclave that a pod's sidecar serves, by the pod's annotations. */
sealed interface PodEnclave permits EnclaveAddress, EnclaveStart {

    /** The launcher's arguments for it. */
    List<String> arguments();

    /** A short description for the audit log. */
    String text();

    /** Resources that the sidecar needs beside CPU and memory, as requests and as limits. */
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
