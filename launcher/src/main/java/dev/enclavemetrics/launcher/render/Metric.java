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
    THREADS_RUNNABLE(
            "nitro_enclave_threads_runnable",
            Kind.GAUGE,
            "Threads that run or wait for a core at the last sample, a count."),
    THREADS_BLOCKED(
            "nitro_enclave_threads_blocked",
            Kind.GAUGE,
            "Threads that wait for I/O at the last sample, a count."),
    OOM_KILLS(
            "nitro_enclave_oom_kills_total",
            Kind.COUNTER,
            "Processes killed for lack of memory since the enclave's start, a count."),
    FILES_OPEN(
            "nitro_enclave_files_open",
            Kind.GAUGE,
            "Open file handles of all processes, read every 5 s, a count."),
    CPU_WAITING(
            "nitro_enclave_pressure_cpu_waiting_seconds_total",
            Kind.COUNTER,
            "Time in which some thread waited for a core, in seconds."),
    MEMORY_WAITING(
            "nitro_enclave_pressure_memory_waiting_seconds_total",
            Kind.COUNTER,
            "Time in which some thread waited for memory, in seconds."),
    MEMORY_STALLED(
            "nitro_enclave_pressure_memory_stalled_seconds_total",
            Kind.COUNTER,
            "Time in which all threads waited for memory, in seconds."),
    IO_WAITING(
            "nitro_enclave_pressure_io_waiting_seconds_total",
            Kind.COUNTER,
            "Time in which some thread waited for I/O, in seconds."),
    IO_STALLED(
            "nitro_enclave_pressure_io_stalled_seconds_total",
            Kind.COUNTER,
            "Time in which all threads waited for I/O, in seconds."),
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
