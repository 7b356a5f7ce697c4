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
 * Tells which event is next for the pages that are open: another state at once, frames of one state
 * a few times a second at most, and a beat where nothing is new. For the event loop's thread only.
 */
public final class StatusFeed {

    /** Between two events of one state. */
    static final long MIN_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** After so long without an event a beat tells a page that the launcher lives. */
    static final long BEAT_NS = TimeUnit.SECONDS.toNanos(5);

    private final LatestSnapshot latest;
    private final StatusEvents events;
    private final Clock clock;

    private Snapshot told = Snapshot.INITIAL;
    private boolean toldFresh;
    private long toldNumber;
    private long toldNs;

    /**
     * The feed of a launcher.
     *
     * @param enclave where it dials, in words
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

    /** The event for a page that has nothing, or missed one. */
    byte[] history(long nowNs) {
        List<UsagePoint> points = latest.points(0, nowNs);
        return events.history(latest.get(), points, nowNs, clock.instant());
    }

    /** From now on only what is newer than this is new. */
    void start(long nowNs) {
        told(latest.get(), nowNs);
    }

    /** The event for those that have all before it, or null while there is none. */
    byte @Nullable [] next(long nowNs) {
        Snapshot snapshot = latest.get();
        if (isDue(snapshot, nowNs)) {
            List<UsagePoint> points = latest.points(toldNumber, nowNs);
            told(snapshot, nowNs);
            return events.update(snapshot, points, nowNs, clock.instant());
        }
        if (nowNs - toldNs >= BEAT_NS) {
            toldNs = nowNs;
            return StatusEvents.BEAT;
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // each event is a new snapshot
    private boolean isDue(Snapshot snapshot, long nowNs) {
        if (isFresh(snapshot, nowNs) != toldFresh || snapshot.link() != told.link()) {
            return true;
        }
        return snapshot != told && nowNs - toldNs >= MIN_NS;
    }

    private void told(Snapshot snapshot, long nowNs) {
        told = snapshot;
        toldFresh = isFresh(snapshot, nowNs);
        toldNumber = latest.newestPoint();
        toldNs = nowNs;
    }

    private static boolean isFresh(Snapshot snapshot, long nowNs) {
        return snapshot.readAt(nowNs) instanceof CurrentValue.Fresh;
    }
}
