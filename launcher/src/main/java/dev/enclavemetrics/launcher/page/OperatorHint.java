package dev.enclavemetrics.launcher.page;

import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.launcher.snapshot.Snapshot;

/** What the status page says of a reading: what was found, and what an operator does next. */
final class OperatorHint {

    private static final String DIALS_AGAIN =
            " The launcher dials again by itself, at least every 5 s; it needs no restart.";

    private OperatorHint() {}

    /** In words, what was found. */
    static String found(Snapshot snapshot, CurrentValue reading) {
        if (reading instanceof CurrentValue.Absent absent) {
            return absent.reason() == CurrentValue.Reason.WarmingUp
                    ? "connected to the agent, which has sent no value yet"
                    : absent.message();
        }
        return switch (snapshot.link()) {
            case STREAMING -> "values come from the enclave and are served at /metrics";
            case AWAITING_FRAME -> "connected anew, no value yet; the last one still counts";
            case DOWN ->
                    "the connection was lost just now, its last value still counts: "
                            + snapshot.why();
        };
    }

    /** In words, what to do; empty where nothing is. */
    static String after(Snapshot snapshot, CurrentValue reading) {
        if (reading instanceof CurrentValue.Absent absent) {
            return switch (absent.reason()) {
                case NotConnected ->
                        "Do what is said above, where it says so. Else see whether the enclave runs"
                                + " (nitro-cli describe-enclaves), whether the agent"
                                + " is started in it, and whether it listens where the"
                                + " launcher dials."
                                + DIALS_AGAIN;
                case WarmingUp ->
                        "Wait a moment: the first value comes after two samples. If it stays so for"
                                + " some minutes, the agent cannot sample: read its output in the"
                                + " enclave (nitro-cli console shows it for an enclave that runs"
                                + " with --debug-mode, the launcher's --debug).";
                case Stale -> afterStale(snapshot);
            };
        }
        return snapshot.link() == Snapshot.Link.STREAMING ? "" : "Nothing yet." + DIALS_AGAIN;
    }

    private static String afterStale(Snapshot snapshot) {
        if (snapshot.link() == Snapshot.Link.STREAMING) {
            return "The agent is connected but silent: the enclave may be paused, or have no CPU"
                    + " time left for it. The launcher hangs up after three intervals and dials"
                    + " again; if that does not help, restart the enclave.";
        }
        if (snapshot.link() == Snapshot.Link.AWAITING_FRAME) {
            return "If the enclave has just been restarted, wait a moment. Else the agent or its"
                    + " enclave hangs: see whether the enclave still runs (nitro-cli"
                    + " describe-enclaves), and restart it.";
        }
        return "See whether the enclave still runs (nitro-cli describe-enclaves), and what the"
                + " agent in it said last."
                + DIALS_AGAIN
                + " Until then /metrics answers 503, so that nothing is scaled by an old number.";
    }
}
