package dev.enclavemetrics.launcher.page;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.Snapshot;
import dev.enclavemetrics.launcher.snapshot.UsagePoint;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides which event open pages get next: a changed state at once, new frames a few times a second
 * at most, and a heartbeat if nothing is new. For the event loop's thread only.
 */
public final class StatusFeed {

    /** The least time between two events of one state. */
    static final long MIN_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * After this time without an event, a heartbeat tells the page that the launcher still works.
     */
    static final long BEAT_NS = TimeUnit.SECONDS.toNanos(5);

    private final LatestSnapshot latest;
    private final StatusEvents events;
    private final Clock clock;

    private Snapshot sent = Snapshot.INITIAL;
    private boolean sentFresh;
    private long sentNumber;
    private long sentNs;

    /**
     * The feed of a launcher.
     *
     * @param enclave where the launcher dials, for display
     * @param version the launcher's
     */
    public static StatusFeed of(
            LatestSnapshot latest, String enclave, String version, Clock clock) {
        return new StatusFeed(latest, new StatusEvents(enclave, version, clock.nanoTime()), clock);
    }

    StatusFeed(LatestSnapshot latest, StatusEvents events, Clock clock) {
        this.latest = latest;
        this.events = events;
        this.clock = clock;
    }

    /** The event for a new page, or one that missed an event. */
    byte[] history(long nowNs) {
        List<UsagePoint> points = latest.points(0, nowNs);
        return events.history(latest.get(), points, nowNs, clock.instant());
    }

    /** The first page has everything up to now. */
    void start(long nowNs) {
        sent(latest.get(), nowNs);
    }

    /** The next event for pages that have all earlier ones, or null if there is none yet. */
    byte @Nullable [] next(long nowNs) {
        Snapshot snapshot = latest.get();
        if (isDue(snapshot, nowNs)) {
            List<UsagePoint> points = latest.points(sentNumber, nowNs);
            sent(snapshot, nowNs);
            return events.update(snapshot, points, nowNs, clock.instant());
        }
        if (nowNs - sentNs >= BEAT_NS) {
            sentNs = nowNs;
            return StatusEvents.BEAT;
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // each event is a new snapshot
    private boolean isDue(Snapshot snapshot, long nowNs) {
        if (isFresh(snapshot, nowNs) != sentFresh || snapshot.link() != sent.link()) {
            return true;
        }
        return snapshot != sent && nowNs - sentNs >= MIN_NS;
    }

    private void sent(Snapshot snapshot, long nowNs) {
        sent = snapshot;
        sentFresh = isFresh(snapshot, nowNs);
        sentNumber = latest.newestPoint();
        sentNs = nowNs;
    }

    private static boolean isFresh(Snapshot snapshot, long nowNs) {
        return snapshot.readAt(nowNs) instanceof CurrentValue.Fresh;
    }
}
