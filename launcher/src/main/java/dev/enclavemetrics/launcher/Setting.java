package dev.enclavemetrics.launcher;

import dev.enclavemetrics.contract.MetricsPort;
import java.util.EnumSet;
import java.util.Set;

/** Every setting, once: its flag, its environment twin and its words in {@code --help}. */
enum Setting implements dev.enclavemetrics.bootstrap.Setting {
    ENCLAVE(
            "ENDPOINT",
            "none, required unless --run-enclave",
            "Where the agent listens: vsock:CID:PORT, unix:PATH, hybrid:PATH:PORT (a VMM's Unix"
                    + " socket), or nitro[:NAME], which asks nitro-cli for the running enclave."),
    ENCLAVE_PORT("PORT", "59090", "The agent's vsock port; only with --enclave=nitro."),
    RUN_ENCLAVE(
            "FILE",
            "none",
            "Start an enclave of this image (.eif) by nitro-cli, watch it, and terminate it on"
                    + " SIGTERM; instead of --enclave."),
    ENCLAVE_CPUS(
            "COUNT",
            "none, required with --run-enclave",
            "CPUs of the started enclave, 1 to 4096."),
    ENCLAVE_MEMORY_MIB(
            "MIB",
            "none, required with --run-enclave",
            "Memory of the started enclave, 64 to 33554432; at least four times its image."),
    ENCLAVE_NAME("NAME", "the image's", "Name of the started enclave."),
    ENCLAVE_CID("CID", "nitro-cli chooses", "CID of the started enclave, 4 to 2147483647."),
    DEBUG(
            "BOOLEAN",
            "false",
            "Start the enclave in debug mode: nitro-cli console shows what it prints while it runs,"
                    + " and its attestation is worthless."),
    ENCLAVE_RESTART(
            "POLICY",
            "never",
            "What follows when the started enclave ends, or cannot be started: never (the launcher"
                    + " ends, with an exit code that tells) or on-failure (it is started again,"
                    + " after 1s to 1m)."),
    ENCLAVE_WATCH(
            "DURATION",
            "30s",
            "How often nitro-cli is asked whether the started enclave still runs, 1s to 1h; beside"
                    + " that before each new dial."),
    ENCLAVE_STOP_GRACE(
            "DURATION",
            "10s",
            "How long the end of the started enclave may take after SIGTERM, 1s to 10m."),
    ENCLAVE_ENDPOINT(
            "ENDPOINT",
            "vsock:{cid}:59090",
            "Where the agent of the started enclave listens, as in --enclave; {cid} stands for the"
                    + " CID that nitro-cli tells."),
    PORT("PORT", "the pod annotation, else 59090", "The TCP port to serve HTTP on."),
    BIND("ADDRESS", "all", "The IP address to serve HTTP on; all means every one."),
    POD_ANNOTATIONS(
            "FILE",
            "none",
            "A downward API file of the pod's annotations; "
                    + MetricsPort.KEY
                    + " (or "
                    + MetricsPort.OTHER_KEY
                    + ") sets the port. Read at start: after a change, restart the pod."),
    MAX_CONNECTIONS(
            "COUNT",
            "1024, or fewer as file descriptors and heap allow",
            "HTTP connections at once, 1 to 65536; the longest idle one makes room for a new one."),
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

    /** Those that say something of an enclave that the launcher starts, and of no other. */
    static Set<Setting> ofStartedEnclave() {
        return EnumSet.range(ENCLAVE_CPUS, ENCLAVE_ENDPOINT);
    }

    @Override
    public boolean isSwitch() {
        return this == DEBUG;
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
