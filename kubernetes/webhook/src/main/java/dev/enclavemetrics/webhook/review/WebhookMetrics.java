package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.serving.tls.CertificateExpiry;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** The webhook's own metrics. */
final class WebhookMetrics {

    private static final String PREFIX = "enclave_metrics_webhook_";

    private final Histogram durations;
    private final Counter reviews;
    private final Counter refusedRequests;
    private final Counter closedConnections;

    WebhookMetrics(PrometheusRegistry registry, ServingCertificate certificate) {
        durations =
                Histogram.builder()
                        .name(PREFIX + "review_duration_seconds")
                        .help("Time from a review's last byte to its answer, in seconds.")
                        .unit(Unit.SECONDS)
                        .labelNames("kind")
                        .classicOnly()
                        .classicUpperBounds(0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1)
                        .register(registry);
        reviews =
                Counter.builder()
                        .name(PREFIX + "reviews_total")
                        .help("Reviews answered, by kind and outcome, a count.")
                        .labelNames("kind", "outcome")
                        .register(registry);
        refusedRequests =
                Counter.builder()
                        .name(PREFIX + "refused_requests_total")
                        .help("Requests refused without a review, by HTTP code, a count.")
                        .labelNames("code")
                        .register(registry);
        closedConnections =
                Counter.builder()
                        .name(PREFIX + "closed_connections_total")
                        .help("Connections closed because there were too many, a count.")
                        .register(registry);
        CertificateExpiry.register(PREFIX, certificate, registry);
    }

    void answered(AnsweredReview review, long durationNs) {
        String kind = review.kind().label();
        durations.labelValues(kind).observe(Unit.nanosToSeconds(durationNs));
        reviews.labelValues(kind, review.outcome()).inc();
    }

    void refused(int code) {
        refusedRequests.labelValues(String.valueOf(code)).inc();
    }

    void closedConnection() {
        closedConnections.inc();
    }
}
