package dev.enclavemetrics.metricsserver.scrape;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** The metrics of scraping. */
final class ScrapeMetrics {

    private static final String PREFIX = "enclave_metrics_server_";

    private final Histogram durations;
    private final Histogram lateness;
    private final Counter scrapes;
    private final Counter skipped;

    ScrapeMetrics(PrometheusRegistry registry) {
        durations =
                Histogram.builder()
                        .name(PREFIX + "scrape_duration_seconds")
                        .help("Duration of a scrape, from connect to its result, in seconds.")
                        .unit(Unit.SECONDS)
                        .classicOnly()
                        .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 1, 3, 10)
                        .register(registry);
        lateness =
                Histogram.builder()
                        .name(PREFIX + "scrape_lateness_seconds")
                        .help(
                                "Delay between when a scrape was due and when it started, in"
                                        + " seconds.")
                        .unit(Unit.SECONDS)
                        .classicOnly()
                        .classicUpperBounds(0.05, 0.1, 0.5, 1, 5, 15)
                        .register(registry);
        scrapes =
                Counter.builder()
                        .name(PREFIX + "scrapes_total")
                        .help("Finished scrapes by outcome, a count.")
                        .labelNames("outcome")
                        .register(registry);
        skipped =
                Counter.builder()
                        .name(PREFIX + "skipped_scrapes_total")
                        .help("Scrapes skipped because the last one had not finished, a count.")
                        .register(registry);
    }

    void scraped(String outcome, long durationNs) {
        scrapes.labelValues(outcome).inc();
        durations.observe(Unit.nanosToSeconds(durationNs));
    }

    void started(long lateNs) {
        lateness.observe(Unit.nanosToSeconds(lateNs));
    }

    void skipped() {
        skipped.inc();
    }
}
