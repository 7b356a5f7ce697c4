package dev.enclavemetrics.metricsserver;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** What the watching and scraping half of this server tells of itself. */
final class ServerMetrics {

    private static final String PREFIX = "enclave_metrics_server_";
    private static final double NS_PER_SECOND = 1e9;

    private final Histogram durations;
    private final Histogram lateness;
    private final Counter scrapes;
    private final Counter skipped;

    ServerMetrics(MetricStore store, PrometheusRegistry registry) {
        durations =
                Histogram.builder()
                        .name(PREFIX + "scrape_duration_seconds")
                        .help("Time that a scrape took, from connect to its result, in seconds.")
                        .unit(Unit.SECONDS)
                        .classicOnly()
                        .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 1, 3, 10)
                        .register(registry);
        lateness =
                Histogram.builder()
                        .name(PREFIX + "scrape_lateness_seconds")
                        .help("Time from when a scrape was due to its begin, in seconds.")
                        .unit(Unit.SECONDS)
                        .classicOnly()
                        .classicUpperBounds(0.05, 0.1, 0.5, 1, 5, 15)
                        .register(registry);
        scrapes =
                Counter.builder()
                        .name(PREFIX + "scrapes_total")
                        .help("Scrapes ended, by outcome, a count.")
                        .labelNames("outcome")
                        .register(registry);
        skipped =
                Counter.builder()
                        .name(PREFIX + "skipped_scrapes_total")
                        .help("Scrapes left out: the pod's last one had not ended, a count.")
                        .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "watched_pods")
                .help("Pods watched, a count.")
                .callback(gauge -> gauge.call(store.size()))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "pods_without_launcher")
                .help("Running pods whose launcher the webhook did not put there, a count.")
                .callback(gauge -> gauge.call(store.podsWithoutLauncher()))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "points")
                .help("Pods with a live point, those withheld included, a count.")
                .callback(gauge -> gauge.call(store.points()))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "oldest_point_age_seconds")
                .help("Time since the oldest live point was received, in seconds.")
                .unit(Unit.SECONDS)
                .callback(gauge -> gauge.call(store.oldestPointNs() / NS_PER_SECOND))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "pod_watch_age_seconds")
                .help("Time since the watch of the pods last stood, in seconds.")
                .unit(Unit.SECONDS)
                .callback(gauge -> gauge.call(store.health().watchAgeNs() / NS_PER_SECOND))
                .register(registry);
    }

    void scraped(String outcome, long durationNs) {
        scrapes.labelValues(outcome).inc();
        durations.observe(durationNs / NS_PER_SECOND);
    }

    void started(long lateNs) {
        lateness.observe(lateNs / NS_PER_SECOND);
    }

    void skipped() {
        skipped.inc();
    }
}
