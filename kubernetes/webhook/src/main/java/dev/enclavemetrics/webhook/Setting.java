package dev.enclavemetrics.webhook;

/** The settings: flag, environment variable, default and description. */
enum Setting implements dev.enclavemetrics.bootstrap.Setting {
    KUBECONFIG(
            "FILE",
            "the pod's service account",
            "A kubeconfig with the cluster in its current context; for use outside a cluster."),
    BIND("ADDRESS", "all", "The IP address to serve HTTPS on, or all."),
    PORT("PORT", "10251", "The TCP port to serve HTTPS on."),
    MAX_CONNECTIONS(
            "COUNT",
            "200",
            "Maximum number of connections, 10 to 500. Beyond it, the client address"
                    + " with the most connections loses its longest idle one."),
    TLS_CERT_FILE(
            "FILE",
            "none",
            "The certificate chain to serve with, PEM; reloaded when it changes. This or"
                    + " --tls-secret is required."),
    TLS_KEY_FILE("FILE", "none", "The private key of --tls-cert-file, PEM; RSA or EC."),
    TLS_SECRET(
            "NAME",
            "none",
            "A Secret for a certificate that the process creates and renews itself;"
                    + " shared by all replicas."),
    TLS_NAMES(
            "NAME,...",
            "none",
            "DNS names and IP addresses of the certificate in --tls-secret; the one"
                    + " that the API server uses comes first."),
    NAMESPACE("NAME", "the pod's own", "The namespace of --tls-secret."),
    TLS_MIN_VERSION(
            "VERSION",
            "VersionTLS12",
            "The minimum version of TLS, VersionTLS12 or VersionTLS13. Of TLS 1.2 only cipher"
                    + " suites with authenticated encryption are accepted."),
    WEBHOOK_CONFIGURATION(
            "NAME",
            "none",
            "The MutatingWebhookConfiguration whose caBundle is set to the CA of the"
                    + " certificate in --tls-secret."),
    ON_UNTRANSLATABLE(
            "refuse|warn",
            "refuse",
            "What to do with a labelled HPA with a cpu or memory metric that has no"
                    + " translation: refuse it, or leave the metric unchanged and warn."),
    SIDECAR_IMAGE("IMAGE", "none, required", "The launcher's image."),
    SIDECAR_PULL_POLICY(
            "POLICY",
            "IfNotPresent",
            "The launcher's imagePullPolicy: Always," + " IfNotPresent or Never."),
    SIDECAR_NATIVE(
            "true|false",
            "true",
            "Add the launcher as a native sidecar (Kubernetes 1.29 and newer), else as a"
                    + " container."),
    SIDECAR_CPU_REQUEST("QUANTITY", "10m", "The launcher's CPU request, or none."),
    SIDECAR_CPU_LIMIT("QUANTITY", "none", "The launcher's CPU limit, or none."),
    SIDECAR_MEMORY_REQUEST("QUANTITY", "48Mi", "The launcher's memory request, or none."),
    SIDECAR_MEMORY_LIMIT("QUANTITY", "128Mi", "The launcher's memory limit, or none."),
    ENCLAVE_CPUS_RESOURCE(
            "true|false",
            "false",
            "A launcher that starts an enclave requests the enclave's CPUs as"
                    + " aws.ec2.nitro/nitro_enclaves_cpus, which the device plugin advertises with"
                    + " ENCLAVE_CPU_ADVERTISEMENT."),
    ALLOW_ENCLAVE_DEBUG(
            "true|false",
            "false",
            "Accept the annotation enclave-debug, with a warning: a debug enclave has no"
                    + " attestation, and its console and memory are open to the node."),
    SIDECAR_SECCOMP_PROFILE(
            "FILE",
            "enclave-metrics/launcher.json",
            "A seccomp profile that allows AF_VSOCK, relative to the kubelet's seccomp"
                    + " folder on each node; or Unconfined."),
    NITRO_CLI(
            "PATH",
            "/usr/bin/nitro-cli",
            "nitro-cli on the nodes, mounted into launchers that find or start an"
                    + " enclave with it; or none if the image contains it."),
    NITRO_SOCKETS(
            "pod|PATH",
            "pod",
            "The folder of nitro-cli's sockets on the nodes, such as /run/nitro_enclaves; or pod,"
                    + " if a container of the pod starts the enclave."),
    PROMETHEUS_ANNOTATIONS(
            "true|false",
            "false",
            "Add the annotations prometheus.io/scrape, port and path to Pods.");

    private final Text text;

    Setting(String label, String defaultText, String description) {
        text = new Text(label, defaultText, description);
    }

    @Override
    public Text text() {
        return text;
    }
}
