package dev.enclavemetrics.metricsserver;

/** The settings: names, defaults and descriptions, for {@code --help} and the documentation. */
enum Setting implements dev.enclavemetrics.bootstrap.Setting {
    KUBECONFIG(
            "FILE",
            "the pod's service account",
            "A kubeconfig with the cluster in its current context; for use outside a cluster."),
    BIND("ADDRESS", "all", "The IP address to serve HTTPS on, or all."),
    PORT("PORT", "10250", "The TCP port to serve HTTPS on."),
    TLS_CERT_FILE(
            "FILE",
            "a self-signed certificate",
            "The certificate chain to serve with, PEM; reloaded when it changes."),
    TLS_KEY_FILE("FILE", "as above", "The private key of --tls-cert-file, PEM; RSA or EC."),
    TLS_SECRET(
            "NAME",
            "none",
            "A Secret for a certificate that the process creates and renews itself; shared by all"
                    + " replicas."),
    TLS_NAMES(
            "NAME,...",
            "none",
            "DNS names and IP addresses of the certificate in --tls-secret; the one that the API"
                    + " server uses comes first."),
    NAMESPACE("NAME", "the pod's own", "The namespace of --tls-secret."),
    TLS_MIN_VERSION(
            "VERSION",
            "VersionTLS12",
            "The minimum version of TLS, VersionTLS12 or VersionTLS13. Of TLS 1.2 only cipher"
                    + " suites with authenticated encryption are accepted."),
    TLS_CA_BUNDLE_INTO_API_SERVICES(
            "BOOLEAN",
            "false",
            "Write the CA of the certificate in --tls-secret into the APIServices of"
                    + " custom.metrics.k8s.io that refer to one of --tls-names."),
    SCRAPE_INTERVAL(
            "DURATION",
            "15s",
            "Scrape interval per pod, 1s to 10m. A value expires after three intervals."),
    SCRAPE_TIMEOUT(
            "DURATION",
            "3s",
            "Timeout of a scrape, connect and body included, 100ms to 60s; less than"
                    + " --scrape-interval."),
    WARM_UP(
            "DURATION",
            "30s",
            "How long a pod's values are withheld after it first became Ready, 0s to 1h."),
    EVENTS("BOOLEAN", "true", "Create an Event on a pod that has no value, with the reason."),
    FALLBACK_SERVICE(
            "NAMESPACE/NAME:PORT",
            "none",
            "Another custom metrics server, or its https://HOST:PORT, for all metrics that"
                    + " are not the enclaves'."),
    FALLBACK_CA_FILE(
            "FILE", "the system's", "The CA of the certificate of --fallback-service, PEM."),
    FALLBACK_INSECURE(
            "BOOLEAN",
            "false",
            "Do not verify the certificate of --fallback-service, and send it no token; only in"
                    + " a trusted network."),
    FALLBACK_ACCOUNT(
            "NAMESPACE/NAME",
            "none",
            "The service account whose token --fallback-service gets; required unless"
                + " --fallback-insecure is set. It needs get on custom.metrics.k8s.io there, and"
                + " this process create on its serviceaccounts/token."),
    FALLBACK_TOKEN_AUDIENCE(
            "AUDIENCE",
            "the API server's",
            "The audience of that token, if --fallback-service reviews tokens with one.");

    private final Text text;

    Setting(String label, String defaultText, String description) {
        text = new Text(label, defaultText, description);
    }

    @Override
    public Text text() {
        return text;
    }
}
