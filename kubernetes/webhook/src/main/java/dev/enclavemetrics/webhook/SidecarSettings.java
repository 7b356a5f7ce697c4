package dev.enclavemetrics.webhook;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every launcher sidecar of the cluster gets.
 *
 * @param image the launcher's image
 * @param pullPolicy Kubernetes' imagePullPolicy
 * @param isNative whether it is an init container that goes on running (Kubernetes 1.29 and newer):
 *     it starts before the application, and a Job ends without it
 * @param requests resources that it asks for: cpu, memory; may be empty
 * @param limits resources that it may have at most: cpu, memory; may be empty
 * @param seccompProfile a file below the kubelet's seccomp folder, or {@link #UNCONFINED}
 * @param nitroCli the path of nitro-cli on the nodes, or {@link #NONE} where the image has it
 * @param nitroSockets {@link #POD} where a container of the pod starts the enclave, or the folder
 *     of nitro-cli's sockets on the nodes where the node does
 * @param prometheusAnnotations whether pods get {@code prometheus.io/scrape} and its like
 */
record SidecarSettings(
        String image,
        String pullPolicy,
        boolean isNative,
        SortedMap<String, String> requests,
        SortedMap<String, String> limits,
        String seccompProfile,
        String nitroCli,
        String nitroSockets,
        boolean prometheusAnnotations) {

    static final String UNCONFINED = "Unconfined";
    static final String NONE = "none";
    static final String POD = "pod";

    SidecarSettings {
        if (image.isBlank()) {
            throw new IllegalArgumentException("the image must be given, found none");
        }
        requests = new TreeMap<>(requests);
        limits = new TreeMap<>(limits);
    }
}
