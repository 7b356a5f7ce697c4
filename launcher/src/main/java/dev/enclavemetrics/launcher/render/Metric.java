package dev.enclavemetrics.launcher.render;

import dev.enclavemetrics.contract.EnclaveMetric;

/** Every exposed metric: name, kind, and help text with the unit. */
public enum Metric {
    CPU_USAGE(
            EnclaveMetric.CPU_USAGE.metricName(),
            Kind.GAUGE,
            "Average CPU usage of the enclave over all cores and the window, 0.0 to 1.0."),
    MEMORY_USAGE(
            EnclaveMetric.MEMORY_USAGE.metricName(),
            Kind.GAUGE,
            "Average memory usage of the enclave over the window, in-memory filesystems included,"
                    + " 0.0 to 1.0."),
    UP(
            "nitro_enclave_up",
            Kind.GAUGE,
            "Whether values of the enclave are fresh, 1 or 0. If 0, its other metrics are absent."),
    BUSIEST_CORE_USAGE(
            "nitro_enclave_cpu_busiest_core_usage",
            Kind.GAUGE,
            "Average CPU usage of the busiest core over the window, 0.0 to 1.0."),
    CORES("nitro_enclave_cpu_cores", Kind.GAUGE, "Cores online in the enclave, a count."),
    CPU_SECONDS(
            "nitro_enclave_cpu_seconds_total",
            Kind.COUNTER,
            "CPU time of all cores since the enclave's start, by mode, in seconds."),
    MEMORY_TOTAL(
            "nitro_enclave_memory_total_bytes",
            Kind.GAUGE,
            "Memory of the enclave as its kernel reports it (MemTotal), in bytes."),
    MEMORY_AVAILABLE(
            "nitro_enclave_memory_available_bytes",
            Kind.GAUGE,
            "Memory available to programs at the last sample, in bytes."),
    MEMORY_FILESYSTEM(
            "nitro_enclave_memory_filesystem_bytes",
            Kind.GAUGE,
            "Memory held by in-memory filesystems at the last sample, in bytes."),
    UPTIME(
            "nitro_enclave_uptime_seconds",
            Kind.GAUGE,
            "Time since the enclave's start at the last sample, in seconds."),
    WINDOW(
            "nitro_enclave_window_seconds",
            Kind.GAUGE,
            "Time that the usages are averaged over, in seconds."),
    INTERVAL("nitro_enclave_interval_seconds", Kind.GAUGE, "Time between two samples, in seconds."),
    FRAMES("nitro_launcher_frames_total", Kind.COUNTER, "Frames received, a count."),
    MALFORMED_FRAMES(
            "nitro_launcher_malformed_frames_total",
            Kind.COUNTER,
            "Malformed frames, each of which ended its connection, a count."),
    CONNECTS("nitro_launcher_connects_total", Kind.COUNTER, "Connections to the agent, a count."),
    CONNECT_FAILURES(
            "nitro_launcher_connect_failures_total",
            Kind.COUNTER,
            "Failed connection attempts to the agent, a count."),
    HTTP_REQUESTS(
            "nitro_launcher_http_requests_total",
            Kind.COUNTER,
            "HTTP requests answered, by status code, a count."),
    HTTP_CONNECTIONS(
            "nitro_launcher_http_connections", Kind.GAUGE, "Open HTTP connections, a count."),
    BUILD_INFO(
            "nitro_launcher_build_info",
            Kind.INFO,
            "The launcher's version, as a label; the value is always 1.");

    /** The kinds of the Prometheus formats that are used. */
    public enum Kind {
        GAUGE,
        COUNTER,
        INFO
    }

    private final String exposedName;
    private final Kind kind;
    private final String help;

    Metric(String exposedName, Kind kind, String help) {
        this.exposedName = exposedName;
        this.kind = kind;
        this.help = help;
    }

    /** The name that a query names. */
    public String exposedName() {
        return exposedName;
    }

    public Kind kind() {
        return kind;
    }

    public String help() {
        return help;
    }
}
