package dev.enclavemetrics.webhook.pod;

/**
 * The settings of all sidecars in the cluster.
 *
 * @param image the launcher's image
 * @param pullPolicy Kubernetes' imagePullPolicy
 * @param isNative whether it is a native sidecar (Kubernetes 1.29 and newer): it starts before the
 *     application, and a Job completes without it
 * @param resources CPU and memory, unless a Pod's annotations set them
 * @param enclaveCpusResource whether a launcher that starts an enclave requests the enclave's CPUs
 *     from the device plugin
 * @param allowEnclaveDebug whether a Pod may start its enclave in debug mode
 * @param seccompProfile a file below the kubelet's seccomp folder, or {@link #UNCONFINED}
 * @param nitroCli the path of nitro-cli on the nodes, or {@link #NONE} if the image contains it
 * @param nitroSockets {@link #POD} if a container of the pod starts the enclave, or the folder of
 *     nitro-cli's sockets on the nodes if the node does
 * @param prometheusAnnotations whether pods get {@code prometheus.io/scrape}, {@code port} and
 *     {@code path}
 */
public record SidecarSettings(
        String image,
        String pullPolicy,
        boolean isNative,
        SidecarResources resources,
        boolean enclaveCpusResource,
        boolean allowEnclaveDebug,
        String seccompProfile,
        String nitroCli,
        String nitroSockets,
        boolean prometheusAnnotations) {

    public static final String UNCONFINED = "Unconfined";
    public static final String NONE = "none";
    public static final String POD = "pod";

    public SidecarSettings {
        if (image.isBlank()) {
            throw new IllegalArgumentException("the image must be given, found none");
        }
    }
}
