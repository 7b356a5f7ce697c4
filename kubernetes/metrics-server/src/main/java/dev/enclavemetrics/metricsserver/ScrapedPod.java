package dev.enclavemetrics.metricsserver;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A watched pod with what its scrapes gave. The pod watch and the scraper write, one at a time;
 * readers see one immutable state.
 */
final class ScrapedPod {

    private static final Duration INITIAL_READINESS_DELAY = Duration.ofSeconds(30);

    /**
     * @param firstReadyAt when the pod first became Ready as far as can be told, or null if it
     *     never was
     * @param point the last one of this target, whatever its age
     * @param receivedNs when it was received
     * @param failure why the scrape after it failed, if it did
     */
    private record State(
            WatchedPod pod,
            @Nullable Instant firstReadyAt,
            @Nullable Point point,
            long receivedNs,
            @Nullable Reason failure) {}

    private volatile State state;

    ScrapedPod(WatchedPod pod) {
        state = new State(pod, firstReady(pod), null, 0, null);
    }

    WatchedPod pod() {
        return state.pod;
    }

    /** The pod changed: what its former address told is not its own. */
    synchronized void update(WatchedPod pod) {
        State old = state;
        Instant firstReadyAt = firstReady(pod);
        if (isBefore(old.firstReadyAt, firstReadyAt)) {
            firstReadyAt = old.firstReadyAt;
        }
        state =
                pod.sameTarget(old.pod)
                        ? new State(pod, firstReadyAt, old.point, old.receivedNs, old.failure)
                        : new State(pod, firstReadyAt, null, 0, null);
    }

    /** An answer of the pod as it was when it was asked. */
    synchronized void succeeded(WatchedPod asked, Point point, long receivedNs) {
        State old = state;
        if (asked.sameTarget(old.pod)) {
            state = new State(old.pod, old.firstReadyAt, point, receivedNs, null);
        }
    }

    synchronized void failed(WatchedPod asked, Reason failure) {
        State old = state;
        if (asked.sameTarget(old.pod)) {
            state = new State(old.pod, old.firstReadyAt, old.point, old.receivedNs, failure);
        }
    }

    /** Whether the last scrape failed. */
    boolean failing() {
        return state.failure != null;
    }

    /** When its last point was received, if one of this target was. */
    @Nullable Long receivedNs() {
        State now = state;
        return now.point == null ? null : now.receivedNs;
    }

    PodReading reading(ScrapeRules rules, Instant now, long nowNs) {
        State is = state;
        Point point = null;
        Reason reason = withheld(is, rules.warmUp(), now);
        if (reason == null) {
            boolean live = is.point != null && nowNs - is.receivedNs <= rules.pointLife().toNanos();
            if (live) {
                point = is.point;
                reason = is.failure == null ? Reason.FRESH : afterFailure(is.failure);
            } else {
                reason = without(is, rules);
            }
        }
        return new PodReading(
                is.pod.namespace(),
                is.pod.name(),
                is.pod.labels(),
                is.pod.ready(),
                point,
                reason.word(),
                reason.detail());
    }

    /** Why the pod has no point though it should have one; null if it has, or should not. */
    @Nullable Reason outage(ScrapeRules rules, Instant now, long nowNs) {
        State is = state;
        Reason withheld = withheld(is, rules.warmUp(), now);
        if (withheld != null) {
            return withheld.word().equals(Reason.BAD_PORT) ? withheld : null;
        }
        return isLive(is, rules, nowNs) ? null : without(is, rules);
    }

    private static boolean isLive(State is, ScrapeRules rules, long nowNs) {
        return is.point != null && nowNs - is.receivedNs <= rules.pointLife().toNanos();
    }

    private static Reason afterFailure(Reason failure) {
        return new Reason(Reason.FRESH.word(), "but the last scrape failed: " + failure);
    }

    private static Reason without(State is, ScrapeRules rules) {
        if (is.failure != null) {
            return is.failure;
        }
        return is.point == null
                ? Reason.NOT_SCRAPED_YET
                : new Reason("Expired", "no answer for " + rules.pointLife().toSeconds() + " s");
    }

    /** Why a point would not be answered for, if it would not. */
    private static @Nullable Reason withheld(State is, Duration warmUp, Instant now) {
        Reason unfit = is.pod.unfit();
        if (unfit != null) {
            return unfit;
        }
        Instant firstReadyAt = is.firstReadyAt;
        if (firstReadyAt == null) {
            return new Reason("NotReady", "the pod has not been Ready yet");
        }
        Duration left = Duration.between(now, firstReadyAt.plus(warmUp));
        if (left.isNegative() || left.isZero()) {
            return null;
        }
        return new Reason("WarmingUp", "for " + (left.toSeconds() + 1) + " s more");
    }

    /**
     * When the pod first became Ready, by one look at it. A pod that is not Ready now was Ready
     * before if the condition last changed well after its start: kubelet writes the first False at
     * the start itself. The HPA controller draws the same line, its initial readiness delay. Such a
     * pod then counts as Ready since its start: what overload made unready must not lose its value
     * only because this server was started again.
     */
    private static @Nullable Instant firstReady(WatchedPod pod) {
        Instant changedAt = pod.readyChangedAt();
        Instant startTime = pod.startTime();
        if (pod.ready()) {
            return changedAt != null ? changedAt : startTime != null ? startTime : Instant.EPOCH;
        }
        return startTime != null
                        && changedAt != null
                        && changedAt.isAfter(startTime.plus(INITIAL_READINESS_DELAY))
                ? startTime
                : null;
    }

    private static boolean isBefore(@Nullable Instant one, @Nullable Instant other) {
        return one != null && (other == null || one.isBefore(other));
    }
}
