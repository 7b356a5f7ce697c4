package dev.enclavemetrics.launcher.snapshot;

import dev.enclavemetrics.bootstrap.Timestamps;
import dev.enclavemetrics.frame.Ending;
import org.jspecify.annotations.Nullable;

/**
 * The last frame and the state of the connection: all that readers need (stage 6). Immutable; each
 * event of the connection makes a new one.
 *
 * @param last the last frame of any connection, or null if none has arrived
 * @param link the state of the connection
 * @param why the reason for that state, for an operator
 */
public record Snapshot(@Nullable ReceivedFrame last, Link link, String why) {

    /** The state of the connection to the agent. */
    public enum Link {
        DOWN,
        /** Connected, but no frame has arrived on it yet. */
        AWAITING_FRAME,
        STREAMING
    }

    public static final Snapshot INITIAL = new Snapshot(null, Link.DOWN, "no attempt yet");

    public Snapshot connected() {
        return new Snapshot(
                last,
                Link.AWAITING_FRAME,
                "reconnected, but no frame yet; if this persists, the agent or its enclave hangs:"
                        + " restart the enclave");
    }

    public Snapshot received(ReceivedFrame frame) {
        return new Snapshot(frame, Link.STREAMING, "no frame since then, although connected");
    }

    public Snapshot lost(String reason) {
        return new Snapshot(last, Link.DOWN, reason);
    }

    /** The value at a time: fresh, or the reason why there is none; never an old number. */
    public CurrentValue readAt(long nowNs) {
        Ending ending = last == null ? null : last.frame().ending();
        if (last != null && ending != null) { // at once, and until another agent has a value
            return new CurrentValue.Absent(
                    CurrentValue.Reason.Ended, LastWords.of(ending, last.frame()));
        }
        if (last != null && last.isFreshAt(nowNs)) {
            return new CurrentValue.Fresh(last);
        }
        if (last != null) { // a connection does not prove that the agent works: the kernel accepts
            // it
            return new CurrentValue.Absent(
                    CurrentValue.Reason.Stale,
                    "no value since " + Timestamps.format(last.sampleTime()) + ": " + why);
        }
        if (link == Link.AWAITING_FRAME) {
            return new CurrentValue.Absent(
                    CurrentValue.Reason.WarmingUp,
                    "connected to the agent, but no value yet; retry in a few seconds, and if this"
                            + " persists, read the agent's output in the enclave");
        }
        return new CurrentValue.Absent(
                CurrentValue.Reason.NotConnected, "no connection to the agent yet: " + why);
    }
}
