package dev.enclavemetrics.launcher.snapshot;

/** What a client gets: a value, or the reason why there is none. */
public sealed interface CurrentValue {

    /** Why there is no value; the names are part of the HTTP contract. */
    enum Reason {
        /** No frame ever came, and there is no connection. */
        NotConnected,
        /** Connected; no frame ever came. */
        WarmingUp,
        /** Frames came, the last too long ago. */
        Stale
    }

    record Fresh(ReceivedFrame received) implements CurrentValue {}

    /**
     * No value.
     *
     * @param message for an operator
     */
    record Absent(Reason reason, String message) implements CurrentValue {}
}
