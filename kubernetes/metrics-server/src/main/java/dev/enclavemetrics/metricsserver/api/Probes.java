package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.auth.ClientTrustWatch;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers whether this process lives, and whether it is ready, in words. */
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
        List<String> troubles = new ArrayList<>();
        if (path.equals("/readyz")) {
            add(troubles, health.readinessProblem());
            add(troubles, trust.readinessProblem());
            add(troubles, certificate.readinessProblem());
        } else {
            add(troubles, health.whyNotLive());
        }
        return troubles.isEmpty()
                ? Answer.text(OK, "ok\n")
                : Answer.text(UNAVAILABLE, String.join("\n", troubles) + "\n");
    }

    private static void add(List<String> troubles, @Nullable String trouble) {
        if (trouble != null) {
            troubles.add(trouble);
        }
    }
}
