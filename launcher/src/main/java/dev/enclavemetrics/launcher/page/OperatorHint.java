package dev.enclavemetrics.launcher.page;

import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.launcher.snapshot.Snapshot;

/** The status page's text about a value: what is known, and what an operator can do. */
final class OperatorHint {

    private static final String DIALS_AGAIN =
            " The launcher retries at least every 5 s; it needs no restart.";

    private OperatorHint() {}

    /** Returns what is known. */
    static String found(Snapshot snapshot, CurrentValue value) {
        if (value instanceof CurrentValue.Absent absent) {
            return absent.reason() == CurrentValue.Reason.WarmingUp
                    ? "connected to the agent, but no value yet"
                    : absent.message();
        }
        return switch (snapshot.link()) {
            case STREAMING -> "values arrive from the enclave and are served at /metrics";
            case AWAITING_FRAME -> "reconnected, no value yet; the last value is still fresh";
            case DOWN ->
                    "the connection has just been lost; the last value is still fresh: "
                            + snapshot.why();
        };
    }

    /** Returns what to do; empty if nothing. */
    static String after(Snapshot snapshot, CurrentValue value) {
        if (value instanceof CurrentValue.Absent absent) {
            return switch (absent.reason()) {
                case NotConnected ->
                        "Follow the advice above, if there is any. Otherwise check that the enclave"
                            + " runs (nitro-cli describe-enclaves), that the agent is started in"
                            + " it, and that it listens where the launcher connects."
                                + DIALS_AGAIN;
                case WarmingUp ->
                        "Wait a moment: the first value needs two samples. If this persists for"
                            + " minutes, the agent cannot sample: read its output in the enclave"
                            + " (nitro-cli console shows it if the enclave runs with --debug-mode,"
                            + " the launcher's --debug).";
                case Stale -> afterStale(snapshot);
                case Ended ->
                        "Check why the command ended: read its output (nitro-cli console shows it"
                                + " if the enclave runs with --debug-mode, the launcher's --debug)."
                                + " Then restart the enclave."
                                + DIALS_AGAIN;
            };
        }
        return snapshot.link() == Snapshot.Link.STREAMING ? "" : "Nothing yet." + DIALS_AGAIN;
    }

    private static String afterStale(Snapshot snapshot) {
        if (snapshot.link() == Snapshot.Link.STREAMING) {
            return "The agent is connected but silent: the enclave may be paused, or its CPUs may"
                    + " be busy. The launcher disconnects after three intervals and retries; if"
                    + " that does not help, restart the enclave.";
        }
        if (snapshot.link() == Snapshot.Link.AWAITING_FRAME) {
            return "If the enclave has just been restarted, wait a moment. Otherwise the agent or"
                    + " its enclave hangs: check whether the enclave still runs (nitro-cli"
                    + " describe-enclaves), and restart it.";
        }
        return "Check whether the enclave still runs (nitro-cli describe-enclaves), and read the"
                + " agent's last output in it."
                + DIALS_AGAIN
                + " Until then /metrics answers 503, so that nothing scales on an old value.";
    }
}
