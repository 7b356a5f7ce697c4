package dev.enclavemetrics.metricsserver;

/** Every setting, once: its flag, its environment twin and its words in {@code --help}. */
enum Setting implements dev.enclavemetrics.bootstrap.Setting {
    KUBECONFIG(
            "FILE",
            "the pod's service account",
            "A kubeconfig whose current context names the cluster; only outside of one."),
    BIND("ADDRESS", "all", "The IP address to serve HTTPS on; all means every one."),
    PORT("PORT", "10250", "The TCP port to serve HTTPS on."),
    TLS_CERT_FILE(
            "FILE",
            "one that nobody signed",
            "The certificate chain to serve with, PEM; read again when it changes."),
    TLS_KEY_FILE("FILE", "as above", "The private key of --tls-cert-file, PEM; RSA or EC."),
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
    TLS_CA_BUNDLE_INTO_API_SERVICES(
            "BOOLEAN",
            "false",
            "Write the authority of the certificate in --tls-secret into the APIServices of"
                    + " custom.metrics.k8s.io that lead to one of --tls-names."),
    SCRAPE_INTERVAL(
            "DURATION",
            "15s",
            "Ask each pod once in so long, 1s to 10m. A value lives for three times this."),
    SCRAPE_TIMEOUT(
            "DURATION",
            "3s",
            "Give up a request after so long, connect and body included, 100ms to 60s; less than"
                    + " --scrape-interval."),
    WARM_UP(
            "DURATION",
            "30s",
            "Withhold a pod's values for so long after it first became Ready, 0s to 1h."),
    EVENTS("BOOLEAN", "true", "Tell on the pod, by an Event, that it has no value and why."),
    FALLBACK_SERVICE(
            "NAMESPACE/NAME:PORT",
            "none",
            "Another custom metrics server, or its https://HOST:PORT; it is asked for metrics that"
                    + " are not the enclaves'."),
    FALLBACK_CA_FILE(
            "FILE", "the system's", "The certificate authority of --fallback-service, PEM."),
    FALLBACK_INSECURE(
            "BOOLEAN",
            "false",
            "Take any certificate of --fallback-service; only in a trusted network.");

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
