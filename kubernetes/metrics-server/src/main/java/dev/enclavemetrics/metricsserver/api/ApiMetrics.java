package dev.enclavemetrics.metricsserver.api;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** The metrics of the API. */
final class ApiMetrics {

    private static final String PREFIX = "enclave_metrics_server_api_";

    private final Histogram durations;
    private final Counter closedConnections;

    ApiMetrics(PrometheusRegistry registry) {
        durations =
                Histogram.builder()
                        .name(PREFIX + "request_duration_seconds")
                        .help("Time from a request to its response, by kind and code, in seconds.")
                        .unit(Unit.SECONDS)
                        .labelNames("kind", "code")
                        .classicOnly()
                        .classicUpperBounds(0.0005, 0.002, 0.005, 0.02, 0.1, 0.5, 2, 10)
                        .register(registry);
        closedConnections =
                Counter.builder()
                        .name(PREFIX + "closed_connections_total")
                        .help("Connections closed because there were too many, a count.")
                        .register(registry);
    }

    void answered(RequestKind kind, int code, long durationNs) {
        durations
                .labelValues(kind.label(), String.valueOf(code))
                .observe(Unit.nanosToSeconds(durationNs));
    }

    void closedConnection() {
        closedConnections.inc();
    }
}
