package dev.enclavemetrics.webhook;

/**
 * What every launcher sidecar of the cluster gets.
 *
 * @param image the launcher's image
 * @param pullPolicy Kubernetes' imagePullPolicy
 * @param isNative whether it is an init container that goes on running (Kubernetes 1.29 and newer):
 *     it starts before the application, and a Job ends without it
 * @param resources CPU and memory, unless a Pod's annotations say otherwise
 * @param enclaveCpusResource whether one that starts an enclave asks for the enclave's CPUs as a
 *     resource of the device plugin
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
        SidecarResources resources,
        boolean enclaveCpusResource,
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
    }
}
