package dev.enclavemetrics.launcher.snapshot;

/** What a client gets: a value, or the reason why there is none. */
public sealed interface CurrentValue {

    /** Why there is no value; the names are part of the HTTP contract. */
    enum Reason {
        /** No frame has ever arrived, and there is no connection. */
        NotConnected,
        /** Connected; no frame has ever arrived. */
        WarmingUp,
        /** Frames arrived, but the last one is too old. */
        Stale,
        /** The enclave's command has ended: the agent's last frame says how. */
        Ended
    }

    record Fresh(ReceivedFrame received) implements CurrentValue {}

    /**
     * No value.
     *
     * @param message for an operator
     */
    record Absent(Reason reason, String message) implements CurrentValue {}
}
