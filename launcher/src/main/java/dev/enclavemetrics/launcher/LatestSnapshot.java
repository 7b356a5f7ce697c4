package dev.enclavemetrics.launcher;

/**
 * The newest snapshot and the usages so far, from the one thread that receives to all that read.
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

    /** For the receiver's thread only. */
    @SuppressWarnings("ReferenceEquality") // each frame is a new one
    void set(Snapshot next) {
        ReceivedFrame former = snapshot.last();
        snapshot = next; // first, for nobody is to wait for the history
        ReceivedFrame last = next.last();
        if (last != null && last != former) {
            history.add(last);
        }
        if (next.link() != Snapshot.Link.STREAMING) {
            history.interrupted();
        }
    }
}
