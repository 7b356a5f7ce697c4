package dev.enclavemetrics.launcher.snapshot;

import dev.enclavemetrics.bootstrap.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * The last frame, and how the connection stands: all that readers need (stage 6). Immutable; each
 * event gives a new one.
 *
 * @param last the last frame of any connection, or null if none ever came
 * @param link how the connection stands
 * @param why in words, why it stands so
 */
public record Snapshot(@Nullable ReceivedFrame last, Link link, String why) {

    /** How the connection to the agent stands. */
    public enum Link {
        DOWN,
        /** Connected, but no frame came on this connection yet. */
        AWAITING_FRAME,
        STREAMING
    }

    public static final Snapshot INITIAL = new Snapshot(null, Link.DOWN, "not dialled yet");

    public Snapshot connected() {
        return new Snapshot(
                last,
                Link.AWAITING_FRAME,
                "connected again, but no frame came yet; if it stays so the agent or its enclave"
                        + " hangs: restart the enclave");
    }

    public Snapshot received(ReceivedFrame frame) {
        return new Snapshot(frame, Link.STREAMING, "no frame since, though still connected");
    }

    public Snapshot lost(String reason) {
        return new Snapshot(last, Link.DOWN, reason);
    }

    /** What a reader sees at a time: a fresh value or why there is none; never an old number. */
    public CurrentValue readAt(long nowNs) {
        if (last != null && last.isFreshAt(nowNs)) {
            return new CurrentValue.Fresh(last);
        }
        if (last != null) { // a connection alone is no sign of life: the kernel accepts it
            return new CurrentValue.Absent(
                    CurrentValue.Reason.Stale,
                    "no value since " + Timestamps.format(last.sampleTime()) + ": " + why);
        }
        if (link == Link.AWAITING_FRAME) {
            return new CurrentValue.Absent(
                    CurrentValue.Reason.WarmingUp,
                    "connected to the agent, which has sent no value yet; ask again in a few"
                            + " seconds, and if it stays so read the agent's output in the"
                            + " enclave");
        }
        return new CurrentValue.Absent(
                CurrentValue.Reason.NotConnected, "no connection to the agent yet: " + why);
    }
}
