package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.auth.ClientTrustWatch;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@code /livez} and {@code /readyz}, with the problems as text. */
final class Probes {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Health health;
    private final ClientTrustWatch trust;
    private final ServingCertificate certificate;

    Probes(Health health, ClientTrustWatch trust, ServingCertificate certificate) {
        this.health = health;
        this.trust = trust;
        this.certificate = certificate;
    }

    Answer answer(String path) {
        List<String> problems = new ArrayList<>();
        if (path.equals("/readyz")) {
            add(problems, health.readinessProblem());
            add(problems, trust.readinessProblem());
            add(problems, certificate.readinessProblem());
        } else {
            add(problems, health.livenessProblem());
        }
        return problems.isEmpty()
                ? Answer.text(OK, "ok\n")
                : Answer.text(UNAVAILABLE, String.join("\n", problems) + "\n");
    }

    private static void add(List<String> problems, @Nullable String problem) {
        if (problem != null) {
            problems.add(problem);
        }
    }
}
