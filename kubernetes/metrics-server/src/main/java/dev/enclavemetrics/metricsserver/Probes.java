package dev.enclavemetrics.metricsserver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers whether this process lives, and whether it is ready, in words. */
final class Probes {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Health health;
    private final ClientTrustWatch trust;

    Probes(Health health, ClientTrustWatch trust) {
        this.health = health;
        this.trust = trust;
    }

    Answer answer(String path) {
        List<String> troubles = new ArrayList<>();
        if (path.equals("/readyz")) {
            add(troubles, health.whyNotReady());
            add(troubles, trust.whyNotReady());
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
