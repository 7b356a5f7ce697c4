package dev.enclavemetrics.metricsserver.store;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** Metrics of the watched pods and their points. */
public final class StoreMetrics {

    private static final String PREFIX = "enclave_metrics_server_";

    private StoreMetrics() {}

    public static void register(MetricStore store, Health health, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(PREFIX + "watched_pods")
                .help("Pods watched, a count.")
                .callback(gauge -> gauge.call(store.size()))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "pods_without_launcher")
                .help("Running pods that the webhook did not add a launcher to, a count.")
                .callback(gauge -> gauge.call(store.podsWithoutLauncher()))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "points")
                .help("Pods with a live point, including withheld points, a count.")
                .callback(gauge -> gauge.call(store.points()))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "oldest_point_age_seconds")
                .help("Time since the oldest live point was received, in seconds.")
                .unit(Unit.SECONDS)
                .callback(gauge -> gauge.call(Unit.nanosToSeconds(store.oldestPointNs())))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "pod_watch_age_seconds")
                .help("Time since the pod watch was last up, in seconds.")
                .unit(Unit.SECONDS)
                .callback(gauge -> gauge.call(Unit.nanosToSeconds(health.watchAgeNs())))
                .register(registry);
    }
}
