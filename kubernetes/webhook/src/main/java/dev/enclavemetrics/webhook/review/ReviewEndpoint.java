package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import dev.enclavemetrics.webhook.hpa.HpaAdmission;
import dev.enclavemetrics.webhook.pod.PodAdmission;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Answers the webhook's HTTP requests: reviews, probes, and its own metrics. */
public final class ReviewEndpoint {

    private final AdmissionReviews reviews;
    private final WebhookMetrics metrics;
    private final ProbesAndMetrics pages;
    private final Clock clock;

    /** Prepares it, and warms it up. */
    public ReviewEndpoint(
            HpaAdmission hpas,
            PodAdmission pods,
            ServingCertificate certificate,
            Clock clock,
            Log log) {
        PrometheusRegistry registry = new PrometheusRegistry();
        reviews = new AdmissionReviews(hpas::admit, pods::admit, log);
        metrics = new WebhookMetrics(registry, certificate);
        pages = new ProbesAndMetrics(certificate, registry);
        this.clock = clock;
        WarmUp.answer(reviews);
    }

    /** The handler of all requests, for the event loop of the server. */
    public Handler<HttpServerRequest> handler(Context loop) {
        return new ReviewHandler(
                new ReviewBodies(loop.owner()),
                new ReviewExecutor(loop, reviews, metrics, clock),
                pages,
                metrics);
    }

    /** Counts a connection that was closed because there were too many. */
    public void countClosedConnection() {
        metrics.closedConnection();
    }
}
