package dev.enclavemetrics.launcher.snapshot;

import java.util.List;

/**
 * The newest snapshot and the usages so far (stage 6). One thread writes, all others read. Each
 * event of the connection is one method; these are for the receiver's thread only.
 */
public final class LatestSnapshot {

    private final UsageHistory history = new UsageHistory();

    private volatile Snapshot snapshot = Snapshot.INITIAL;

    public Snapshot get() {
        return snapshot;
    }

    /** The points of the chart from a number on, the oldest first. */
    public List<UsagePoint> points(long number, long nowNs) {
        return history.since(number, nowNs);
    }

    /** The number of the newest point, 0 without one. */
    public long newestPoint() {
        return history.newest();
    }

    /** There is a connection, but no frame has arrived on it yet. */
    public void connected() {
        snapshot = snapshot.connected();
        history.interrupted();
    }

    public void received(ReceivedFrame frame) {
        snapshot = snapshot.received(frame); // first: readers must not wait for the history
        history.add(frame);
    }

    /** There is no connection, and why. */
    public void lost(String reason) {
        snapshot = snapshot.lost(reason);
        history.interrupted();
    }
}
