package dev.enclavemetrics.launcher;

/** Every setting, once: its flag, its environment twin and its words in {@code --help}. */
enum Setting implements dev.enclavemetrics.process.Setting {
    ENCLAVE(
            "ENDPOINT",
            "none, required",
            "Where the agent listens: vsock:CID:PORT, unix:PATH, hybrid:PATH:PORT (a VMM's Unix"
                    + " socket), or nitro[:NAME], which asks nitro-cli for the running enclave."),
    ENCLAVE_PORT("PORT", "59090", "The agent's vsock port; only with --enclave=nitro."),
    PORT("PORT", "the pod annotation, else 59090", "The TCP port to serve HTTP on."),
    BIND("ADDRESS", "all", "The IP address to serve HTTP on; all means every one."),
    POD_ANNOTATIONS(
            "FILE",
            "none",
            "A downward API file of the pod's annotations; "
                    + PodAnnotations.PORT_KEY
                    + " (or "
                    + PodAnnotations.OTHER_PORT_KEY
                    + ") sets the port."),
    MAX_CONNECTIONS("COUNT", "1024", "HTTP connections at once, 1 to 65536; more are closed."),
    IDLE_TIMEOUT(
            "DURATION",
            "60s",
            "Close an HTTP connection without a complete request for so long, 100ms to 24h.");

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
