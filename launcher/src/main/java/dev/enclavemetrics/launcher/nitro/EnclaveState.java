package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.frame.Ending;
import org.jspecify.annotations.Nullable;

/**
 * The state of the enclave that the launcher runs, shared by the threads that supervise it, dial it
 * and terminate it.
 */
final class EnclaveState {

    private static final long NS_PER_MS = 1_000_000;

    private @Nullable NitroEnclave running; // guarded by this, as are all below
    private @Nullable Ending ending; // of its command
    private String lastWords = "";
    private String why = "the enclave has not been started yet";
    private String failure = "";
    private boolean starting;
    private boolean closed;
    private long changes;

    /** An enclave is being started; returns false after {@link #close}. */
    synchronized boolean starts() {
        if (closed) {
            return false;
        }
        starting = true;
        why =
                "the enclave is starting: waiting for nitro-cli run-enclave, which takes seconds,"
                        + " or minutes if the enclave has much memory"
                        + (failure.isEmpty() ? "" : "; the previous attempt: " + failure);
        changed();
        return true;
    }

    synchronized void runs(NitroEnclave enclave) {
        starting = false;
        running = enclave;
        ending = null;
        lastWords = "";
        changed();
    }

    /** The command of the enclave has ended; the enclave itself soon will. */
    synchronized void commandEnded(NitroEnclave enclave, Ending how, String words) {
        if (enclave.equals(running)) {
            ending = how;
            lastWords = words;
        }
    }

    /**
     * Ignored if another enclave is running by now.
     *
     * @param unknown the reason, if its agent has not sent one
     */
    synchronized void ended(NitroEnclave enclave, String unknown) {
        if (enclave.equals(running)) {
            failed(enclave + " has exited: " + (lastWords.isEmpty() ? unknown : lastWords));
        }
    }

    /** How the command of the last enclave ended, or null if that is not known. */
    synchronized @Nullable Ending ending() {
        return ending;
    }

    /** There is no enclave, and why. */
    synchronized void failed(String reason) {
        starting = false;
        running = null;
        failure = reason;
        why = reason;
        changed();
    }

    /** Another enclave is started after a pause. */
    synchronized void pauses(String reason) {
        why = failure + reason;
        changed();
    }

    /** No other enclave is to be started. */
    synchronized void close() {
        closed = true;
        changed();
    }

    synchronized boolean isStarting() {
        return starting;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized @Nullable NitroEnclave running() {
        return running;
    }

    /** The reason why there is no enclave. */
    synchronized String why() {
        return why;
    }

    /** The number of changes so far. */
    synchronized long changes() {
        return changes;
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    /** Waits until the number of changes differs, at most for a time. */
    synchronized void awaitChange(long since, long ms) throws InterruptedException {
        long endNs = System.nanoTime() + ms * NS_PER_MS;
        long leftMs = ms;
        while (changes == since && leftMs > 0) {
            wait(leftMs);
            leftMs = (endNs - System.nanoTime() + NS_PER_MS - 1) / NS_PER_MS;
        }
    }
}
