package dev.enclavemetrics.launcher.nitro;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the enclave that the launcher runs, between the thread that keeps it, the one
 * that dials it and the one that ends it.
 */
final class EnclaveState {

    private static final long NS_PER_MS = 1_000_000;

    private @Nullable NitroEnclave running; // guarded by this, as are all below
    private String why = "the enclave has not been started yet";
    private String failure = "";
    private boolean starting;
    private boolean closed;
    private long changes;

    /** An enclave is being started; false if there is to be none any more. */
    synchronized boolean starts() {
        if (closed) {
            return false;
        }
        starting = true;
        why =
                "the enclave is being started: nitro-cli run-enclave has not answered yet, which"
                        + " takes seconds, or minutes for much memory"
                        + (failure.isEmpty() ? "" : "; the time before: " + failure);
        changed();
        return true;
    }

    synchronized void runs(NitroEnclave enclave) {
        starting = false;
        running = enclave;
        changed();
    }

    /** Another enclave may run by now, which is left alone. */
    synchronized void ended(NitroEnclave enclave, String words) {
        if (enclave.equals(running)) {
            failed(words);
        }
    }

    /** There is none, and why. */
    synchronized void failed(String words) {
        starting = false;
        running = null;
        failure = words;
        why = words;
        changed();
    }

    /** Another is started after a pause. */
    synchronized void pauses(String words) {
        why = failure + words;
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

    /** Why there is none. */
    synchronized String why() {
        return why;
    }

    /** How often something has changed. */
    synchronized long changes() {
        return changes;
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    /** Waits until something has changed since, at most for so long. */
    synchronized void awaitChange(long since, long ms) throws InterruptedException {
        long endNs = System.nanoTime() + ms * NS_PER_MS;
        long leftMs = ms;
        while (changes == since && leftMs > 0) {
            wait(leftMs);
            leftMs = (endNs - System.nanoTime() + NS_PER_MS - 1) / NS_PER_MS;
        }
    }
}
