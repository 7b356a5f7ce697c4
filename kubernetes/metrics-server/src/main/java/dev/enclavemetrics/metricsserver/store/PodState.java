package dev.enclavemetrics.metricsserver.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a watched pod, and what follows from it at the time of a query.
 *
 * @param firstReadyAt when the pod first became Ready, as far as is known; null if it never did
 * @param point the last one scraped from this address and port, whatever its age
 * @param receivedNs when the point was received, by the monotonic clock
 * @param failure why the last scrape failed; null if it succeeded
 */
record PodState(
        WatchedPod pod,
        @Nullable Instant firstReadyAt,
        @Nullable Point point,
        long receivedNs,
        @Nullable Reason failure) {

    /** Of a pod that has not been scraped yet. */
    static PodState unscraped(WatchedPod pod, @Nullable Instant firstReadyAt) {
        return new PodState(pod, firstReadyAt, null, 0, null);
    }

    /** Whether no scrape of this address and port has finished yet. */
    boolean isUnscraped() {
        return point == null && failure == null;
    }

    /** The point to answer with, or null. */
    @Nullable Point point(QueryTime now) {
        return withheld(now) == null && hasLivePoint(now) ? point : null;
    }

    PodView view(QueryTime now) {
        Reason reason = withheld(now);
        boolean answers = reason == null && hasLivePoint(now);
        if (reason == null) {
            reason = answers ? fresh() : missing(now.config());
        }
        return new PodView(pod, answers ? point : null, reason);
    }

    /** Why the pod has no point although it should; null if it has one, or should not. */
    @Nullable Reason outage(QueryTime now) {
        Reason withheld = withheld(now);
        if (withheld != null) {
            return withheld.word().equals(Reason.BAD_PORT) ? withheld : null;
        }
        return hasLivePoint(now) ? null : missing(now.config());
    }

    /** Whether the pod runs without a launcher, so that it can never have a point. */
    boolean lacksLauncher(QueryTime now) {
        return Reason.NO_LAUNCHER.equals(outage(now));
    }

    /** Whether there is a live point, withheld or not. */
    boolean hasLivePoint(QueryTime now) {
        return point != null && now.isLive(receivedNs);
    }

    private Reason fresh() {
        return failure == null
                ? Reason.FRESH
                : new Reason(Reason.FRESH.word(), "but the last scrape failed: " + failure);
    }

    private Reason missing(ScrapeConfig config) {
        Reason problem = pod.problems().ofLauncher();
        if (problem != null) {
            return problem; // says more than a refused connection
        }
        if (failure != null) {
            return failure.word().equals(Reason.CONNECT_REFUSED) && !pod.hasLauncher()
                    ? Reason.NO_LAUNCHER
                    : failure;
        }
        return point == null
                ? Reason.NOT_SCRAPED_YET
                : new Reason(
                        "Expired",
                        "no answer for "
                                + Duration.ofNanos(config.pointLifeNs()).toSeconds()
                                + " s");
    }

    private static Reason notReady(PodProblems problems) {
        Reason problem = problems.ofAny();
        if (problem != null) {
            return problem;
        }
        String unready = problems.unready();
        return new Reason(
                "NotReady", unready.isEmpty() ? "the pod has not been Ready yet" : unready);
    }

    /** Why a point is withheld; null if it is not. */
    private @Nullable Reason withheld(QueryTime now) {
        Reason exclusion = pod.exclusion();
        if (exclusion != null) {
            return exclusion;
        }
        if (firstReadyAt == null) {
            return notReady(pod.problems());
        }
        if (!firstReadyAt.isAfter(now.warmSince())) {
            return null;
        }
        Duration left = Duration.between(now.warmSince(), firstReadyAt);
        return new Reason("WarmingUp", "for " + (left.toSeconds() + 1) + " s more");
    }
}
