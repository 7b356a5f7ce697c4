package dev.enclavemetrics.webhook;

import java.util.Arrays;
import java.util.Locale;

/** Every setting, once: its flag, its environment twin and its words in {@code --help}. */
enum Setting {
    ON_UNTRANSLATABLE(
            "refuse|warn",
            "refuse",
            "What happens to a labelled HPA with a cpu or memory metric that has no translation: it"
                    + " is refused, or that metric is left alone with a warning."),
    SIDECAR_IMAGE("IMAGE", "none, required", "The launcher's image."),
    SIDECAR_PULL_POLICY(
            "POLICY", "IfNotPresent", "Its imagePullPolicy: Always, IfNotPresent or Never."),
    SIDECAR_NATIVE(
            "true|false",
            "true",
            "Whether it is a native sidecar, which Kubernetes 1.29 and newer have, or a"
                    + " container."),
    SIDECAR_CPU_REQUEST("QUANTITY", "10m", "The CPU that it asks for, or none."),
    SIDECAR_CPU_LIMIT("QUANTITY", "none", "The CPU that it may have at most, or none."),
    SIDECAR_MEMORY_REQUEST("QUANTITY", "64Mi", "The memory that it asks for, or none."),
    SIDECAR_MEMORY_LIMIT("QUANTITY", "128Mi", "The memory that it may have at most, or none."),
    SIDECAR_SECCOMP_PROFILE(
            "FILE",
            "enclave-metrics/launcher.json",
            "A profile that allows AF_VSOCK, below the kubelet's seccomp folder on each node; or"
                    + " Unconfined."),
    NITRO_CLI(
            "PATH",
            "/usr/bin/nitro-cli",
            "nitro-cli on the nodes, mounted for enclaves that are found by it; or none, where the"
                    + " image has it."),
    NITRO_SOCKETS(
            "pod|PATH",
            "pod",
            "Where nitro-cli keeps its sockets: pod, if a container of the pod starts the enclave,"
                    + " or the folder on the nodes, such as /run/nitro_enclaves."),
    PROMETHEUS_ANNOTATIONS(
            "true|false",
            "false",
            "Whether Pods get the annotations prometheus.io/scrape, port, path.");

    static final String ENVIRONMENT_PREFIX = "ENCLAVE_METRICS_";

    private final String label;
    private final String defaultText;
    private final String description;

    Setting(String label, String defaultText, String description) {
        this.label = label;
        this.defaultText = defaultText;
        this.description = description;
    }

    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String environmentName() {
        return ENVIRONMENT_PREFIX + name();
    }

    static boolean isEnvironmentName(String name) {
        return Arrays.stream(values()).anyMatch(s -> s.environmentName().equals(name));
    }

    String label() {
        return label;
    }

    String defaultText() {
        return defaultText;
    }

    String description() {
        return description;
    }
}
