package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.http.OwnMetrics;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/** The pages for the kubelet and for Prometheus. */
final class ProbesAndMetrics {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final ServingCertificate certificate;
    private final OwnMetrics metrics;

    ProbesAndMetrics(ServingCertificate certificate, PrometheusRegistry registry) {
        this.certificate = certificate;
        metrics = new OwnMetrics(registry);
    }

    /** The page at a path, or null. */
    @Nullable Answer page(String path, @Nullable String accept) {
        return switch (path) {
            case "/livez" -> Answer.text(OK, "ok\n"); // sent by the loop that answers reviews
            case "/readyz" -> readiness();
            case "/metrics" -> metrics.answer(accept);
            default -> null;
        };
    }

    private Answer readiness() {
        String problem = certificate.readinessProblem();
        return problem == null ? Answer.text(OK, "ok\n") : Answer.text(UNAVAILABLE, problem + "\n");
    }
}
