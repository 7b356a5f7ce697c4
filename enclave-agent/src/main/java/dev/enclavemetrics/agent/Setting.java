package dev.enclavemetrics.agent;

import java.util.Locale;

/** The agent's settings: {@code name=value}, or {@code ENCLAVE_METRICS_NAME} in the environment. */
enum Setting {
    LISTEN("vsock:any:59090", "where the launcher dials: vsock:any:PORT or unix:PATH"),
    INTERVAL("1s", "between two samples, 100ms to 60s"),
    WINDOW("15s", "time averaged over, 1 to 600 intervals, at most 10m"),
    PEER_CID("3", "the only vsock peer that may connect, a CID or any; 3 is the parent"),
    RESOLUTION("0.0001", "step that values are rounded to, 1/N with N from 2 to 1000000"),
    PROC("/proc", "the proc filesystem to sample"),
    WHILE_PID("none", "end when the process of this number has ended, or none");

    private final String standard;
    private final String meaning;

    Setting(String standard, String meaning) {
        this.standard = standard;
        this.meaning = meaning;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String environmentKey() {
        return "ENCLAVE_METRICS_" + name();
    }

    String standard() {
        return standard;
    }

    String meaning() {
        return meaning;
    }
}
