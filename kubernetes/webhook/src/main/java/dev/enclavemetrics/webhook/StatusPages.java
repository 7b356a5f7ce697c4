package dev.enclavemetrics.webhook;

import dev.enclavemetrics.serving.Answer;
import dev.enclavemetrics.serving.OwnMetrics;
import dev.enclavemetrics.serving.ServingCertificate;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/** What kubelet and Prometheus ask for. */
final class StatusPages {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final ServingCertificate certificate;
    private final OwnMetrics metrics;

    StatusPages(ServingCertificate certificate, PrometheusRegistry registry) {
        this.certificate = certificate;
        metrics = new OwnMetrics(registry);
    }

    /** The page of a path, or null if it has none. */
    @Nullable Answer page(String path, @Nullable String accept) {
        return switch (path) {
            case "/livez" -> Answer.text(OK, "ok\n"); // on the loop that answers reviews
            case "/readyz" -> readiness();
            case "/metrics" -> metrics.answer(accept);
            default -> null;
        };
    }

    private Answer readiness() {
        String trouble = certificate.readinessProblem();
        return trouble == null ? Answer.text(OK, "ok\n") : Answer.text(UNAVAILABLE, trouble + "\n");
    }
}
