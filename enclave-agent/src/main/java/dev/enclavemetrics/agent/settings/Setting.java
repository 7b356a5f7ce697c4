package dev.enclavemetrics.agent.settings;

import dev.enclavemetrics.agent.application.SourceAddress;
import dev.enclavemetrics.transport.Endpoint;
import java.util.Locale;
import java.util.Set;

/** The agent's settings: {@code name=value}, or {@code ENCLAVE_METRICS_NAME} in the environment. */
public enum Setting {
    LISTEN("vsock:any:59090", "where the launcher dials: " + Endpoint.LISTENING_FORMS),
    SOCKET_MODE(
            "0666",
            "octal permissions of the socket of listen=unix:PATH; connecting needs write"
                    + " permission"),
    INTERVAL("1s", "sampling interval, 100ms to 60s"),
    WINDOW("15s", "averaging window, 1 to 600 intervals, at most 10m"),
    PEER_CID("3", "the only vsock peer that may connect, a CID or any; 3 is the parent"),
    RESOLUTION("0.0001", "step that values are rounded to, 1/N with N from 2 to 1000000"),
    PROC("/proc", "the proc filesystem to sample"),
    APPLICATION(
            "none",
            "where the application's metrics are read, in the text format of Prometheus or in"
                    + " OpenMetrics: "
                    + SourceAddress.FORMS),
    APPLICATION_METRICS(
            "none",
            "which of them leave the enclave: at most 16, NAME or NAME{LABEL=\"VALUE\",...},"
                    + " separated by +; required with application"),
    WHILE_PID("none", "exit when the process with this PID has exited, or none"),
    LAST_WORDS(
            "none",
            "stdin: read from standard input how the command ended and send a last"
                    + " frame, as run-with-agent --supervise needs it; or none");

    /** The prefix of all environment variables. */
    static final String ENVIRONMENT_PREFIX = "ENCLAVE_METRICS_";

    /** Read by the script run-with-agent and by enclave-supervise. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("ENCLAVE_METRICS_JAVA", "ENCLAVE_METRICS_LAST_WORDS_MS");

    private final String standard;
    private final String meaning;

    Setting(String standard, String meaning) {
        this.standard = standard;
        this.meaning = meaning;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String environmentKey() {
        return ENVIRONMENT_PREFIX + name();
    }

    public String standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }

    /** All keys, for a message. */
    static String keys() {
        StringBuilder keys = new StringBuilder();
        for (Setting setting : values()) {
            keys.append(keys.length() == 0 ? "" : ", ").append(setting.key());
        }
        return keys.toString();
    }

    /**
     * Whether a variable is a setting, read by another program, or injected by the kubelet for a
     * Service with our prefix.
     */
    static boolean knowsVariable(String name) {
        for (Setting setting : values()) {
            if (setting.environmentKey().equals(name)) {
                return true;
            }
        }
        return OTHER_VARIABLES.contains(name)
                || name.endsWith("_SERVICE_HOST")
                || name.contains("_SERVICE_PORT")
                || name.endsWith("_PORT")
                || name.contains("_PORT_");
    }
}
