package dev.enclavemetrics.launcher;

/** The newest snapshot, from the one thread that receives to all that read. */
final class LatestSnapshot {

    private volatile Snapshot snapshot = Snapshot.INITIAL;

    Snapshot get() {
        return snapshot;
    }

    /** For the receiver's thread only. */
    void set(Snapshot next) {
        snapshot = next;
    }
}
