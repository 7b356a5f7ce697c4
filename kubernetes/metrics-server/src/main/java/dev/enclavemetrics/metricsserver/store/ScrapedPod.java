package dev.enclavemetrics.metricsserver.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A watched pod with the results of its scrapes. The pod watch and the scraper replace the state,
 * one at a time; readers see one immutable state.
 */
public final class ScrapedPod {

    private volatile PodState state;

    ScrapedPod(WatchedPod pod) {
        state = PodState.unscraped(pod, pod.firstReadyAt());
    }

    PodState state() {
        return state;
    }

    public WatchedPod pod() {
        return state.pod();
    }

    /** The pod changed. A point of another address or port is dropped. */
    synchronized void update(WatchedPod pod) {
        PodState old = state;
        Instant firstReadyAt = earlier(old.firstReadyAt(), pod.firstReadyAt());
        state =
                pod.sameTarget(old.pod())
                        ? new PodState(
                                pod, firstReadyAt, old.point(), old.receivedNs(), old.failure())
                        : PodState.unscraped(pod, firstReadyAt);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** A scrape succeeded; ignored if the pod's address or port has changed since. */
    public synchronized void succeeded(WatchedPod scraped, Point point, long receivedNs) {
        PodState old = state;
        if (scraped.sameTarget(old.pod())) {
            state = new PodState(old.pod(), old.firstReadyAt(), point, receivedNs, null);
        }
    }

    /** A scrape failed. The last point stays, unless the enclave is known to have ended. */
    public synchronized void failed(WatchedPod scraped, Reason failure) {
        PodState old = state;
        if (scraped.sameTarget(old.pod())) {
            Point kept = failure.word().equals(Reason.ENDED) ? null : old.point();
            state = new PodState(old.pod(), old.firstReadyAt(), kept, old.receivedNs(), failure);
        }
    }

    /** Whether no scrape of it has finished yet. */
    public boolean isUnscraped() {
        return state.isUnscraped();
    }

    /** Why the pod has no point though it should have one; null if it has, or should not. */
    public @Nullable Reason outage(QueryTime now) {
        return state.outage(now);
    }

    /** Whether there is a point to answer with. */
    public boolean hasPoint(QueryTime now) {
        return state.point(now) != null;
    }

    /** Whether the last scrape failed. */
    public boolean failing() {
        return state.failure() != null;
    }
}
