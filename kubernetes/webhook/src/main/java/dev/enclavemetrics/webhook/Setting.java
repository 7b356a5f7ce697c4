package dev.enclavemetrics.webhook;

/** Every setting, once: its flag, its environment twin and its words in {@code --help}. */
enum Setting implements dev.enclavemetrics.bootstrap.Setting {
    KUBECONFIG(
            "FILE",
            "the pod's service account",
            "A kubeconfig whose current context names the cluster; only outside of one."),
    BIND("ADDRESS", "all", "The IP address to serve HTTPS on; all means every one."),
    PORT("PORT", "10251", "The TCP port to serve HTTPS on."),
    MAX_CONNECTIONS(
            "COUNT",
            "200",
            "Connections at most, 10 to 500. Beyond, the client address with the most loses its"
                    + " longest idle one."),
    TLS_CERT_FILE(
            "FILE",
            "none",
            "The certificate chain to serve with, PEM; read again when it changes. This or"
                    + " --tls-secret is required."),
    TLS_KEY_FILE("FILE", "none", "The private key of --tls-cert-file, PEM; RSA or EC."),
    TLS_SECRET(
            "NAME",
            "none",
            "A Secret to keep a certificate in that the process makes and renews itself; shared by"
                    + " all replicas."),
    TLS_NAMES(
            "NAME,...",
            "none",
            "DNS names and IP addresses that the certificate in --tls-secret is valid for, the one"
                    + " that the API server uses first."),
    NAMESPACE("NAME", "the pod's own", "The namespace of --tls-secret."),
    WEBHOOK_CONFIGURATION(
            "NAME",
            "none",
            "The MutatingWebhookConfiguration that is told the authority of the certificate in"
                    + " --tls-secret."),
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
    ENCLAVE_CPUS_RESOURCE(
            "true|false",
            "false",
            "Whether a launcher that starts an enclave asks for the enclave's CPUs as"
                    + " aws.ec2.nitro/nitro_enclaves_cpus, which the device plugin has with"
                    + " ENCLAVE_CPU_ADVERTISEMENT."),
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

    private final String label;
    private final String defaultText;
    private final String description;

    Setting(String label, String defaultText, String description) {
        this.label = label;
        this.defaultText = defaultText;
        this.description = description;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String defaultText() {
        return defaultText;
    }

    @Override
    public String description() {
        return description;
    }
}
