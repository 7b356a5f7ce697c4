package dev.enclavemetrics.launcher;

/**
 * The newest snapshot and the usages so far (stage 6), from the one thread that receives to all
 * that read. Each event of the connection is one method; these are for the receiver's thread only.
 */
final class LatestSnapshot {

    private final UsageHistory history = new UsageHistory();

    private volatile Snapshot snapshot = Snapshot.INITIAL;

    Snapshot get() {
        return snapshot;
    }

    UsageHistory history() {
        return history;
    }

    /** There is a connection, but no frame came on it yet. */
    void connected() {
        snapshot = snapshot.connected();
        history.interrupted();
    }

    void received(ReceivedFrame frame) {
        snapshot = snapshot.received(frame); // first: readers must not wait for the history
        history.add(frame);
    }

    /** There is no connection, and why. */
    void lost(String reason) {
        snapshot = snapshot.lost(reason);
        history.interrupted();
    }
}
