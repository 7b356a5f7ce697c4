package dev.enclavemetrics.launcher;

import dev.enclavemetrics.contract.MetricsPort;
import java.util.EnumSet;
import java.util.Set;

/** Every setting, once: its flag, its environment variable and its description. */
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
            "Start an enclave from this image (.eif) with nitro-cli, watch it, and terminate it on"
                    + " SIGTERM; replaces --enclave."),
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
            "Start the enclave in debug mode: nitro-cli console shows its output while it runs, but"
                    + " its attestation proves nothing."),
    ENCLAVE_RESTART(
            "POLICY",
            "never",
            "What to do if the started enclave exits or cannot be started: never (exit with a code"
                    + " for the cause) or on-failure (restart it after 1s to 1m, unless its command"
                    + " exited with 0)."),
    ENCLAVE_WATCH(
            "DURATION",
            "30s",
            "How often to ask nitro-cli whether the started enclave still runs, 1s to 1h. The"
                    + " launcher also asks before it reconnects."),
    ENCLAVE_STOP_GRACE(
            "DURATION",
            "10s",
            "Time limit for terminating the started enclave after SIGTERM, 1s to 10m."),
    ENCLAVE_ENDPOINT(
            "ENDPOINT",
            "vsock:{cid}:59090",
            "Where the agent of the started enclave listens, as in --enclave; {cid} is replaced by"
                    + " the CID that nitro-cli reports."),
    PORT("PORT", "the pod annotation, else 59090", "The TCP port to serve HTTP on."),
    BIND("ADDRESS", "all", "The IP address to serve HTTP on; all means all addresses."),
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
            "1024, or fewer if file descriptors or heap do not allow that",
            "Maximum number of HTTP connections, 1 to 65536; beyond it, a new connection closes the"
                    + " longest idle one."),
    IDLE_TIMEOUT(
            "DURATION",
            "60s",
            "Close an HTTP connection after this time without a complete request, 100ms to 24h.");

    private final Text text;

    Setting(String label, String defaultText, String description) {
        text = new Text(label, defaultText, description);
    }

    /** The settings that are valid only with {@link #RUN_ENCLAVE}. */
    static Set<Setting> ofStartedEnclave() {
        return EnumSet.range(ENCLAVE_CPUS, ENCLAVE_ENDPOINT);
    }

    @Override
    public boolean isSwitch() {
        return this == DEBUG;
    }

    @Override
    public Text text() {
        return text;
    }
}
