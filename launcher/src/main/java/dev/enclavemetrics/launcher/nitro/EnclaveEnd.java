package dev.enclavemetrics.launcher.nitro;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * The end of the enclave that the launcher runs, on a signal: nitro-cli terminates it, and what may
 * be left of it is told.
 */
final class EnclaveEnd {

    private static final long NS_PER_MS = 1_000_000;

    /** For a command, however late it comes. */
    private static final long MIN_MS = 1_000;

    private final EnclaveState kept;
    private final Thread keeper;
    private final EnclaveSupervisor.Tools tools;
    private final long graceMs;

    /**
     * An end within a time.
     *
     * @param keeper the thread that may be starting an enclave
     */
    EnclaveEnd(EnclaveState kept, Thread keeper, EnclaveSupervisor.Tools tools, Duration grace) {
        this.kept = kept;
        this.keeper = keeper;
        this.tools = tools;
        graceMs = grace.toMillis();
    }

    /** What is left ends the process with a code of its own. */
    void end(IntConsumer exit) {
        try {
            endWithin(tools.clock().nanoTime() + graceMs * NS_PER_MS);
        } catch (IOException e) {
            tools.log().error(e.getMessage() + "; exit code " + EnclaveExit.LEFT_RUNNING.code());
            exit.accept(EnclaveExit.LEFT_RUNNING.code());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWithin(long endNs) throws IOException, InterruptedException {
        if (kept.isStarting()) {
            // Only its answer has the id to terminate it by.
            tools.log().info("the enclave that is being started is terminated when it runs");
        } else {
            keeper.interrupt();
        }
        keeper.join(leftMs(endNs));
        if (keeper.isAlive()) {
            keeper.interrupt();
            keeper.join(MIN_MS);
            if (kept.running() == null) {
                throw new IOException(
                        "nitro-cli run-enclave did not answer within "
                                + graceMs
                                + " ms of the signal, and still runs; an enclave may be left:"
                                + " nitro-cli describe-enclaves shows it");
            }
        }
        NitroEnclave enclave = kept.running();
        if (enclave != null) {
            terminate(enclave, endNs);
        }
    }

    private void terminate(NitroEnclave enclave, long endNs)
            throws IOException, InterruptedException {
        try {
            tools.nitro().terminate(enclave, leftMs(endNs));
            tools.log().info(enclave + " terminated");
        } catch (IOException e) {
            if (endedBefore(enclave, endNs)) {
                tools.log().info(enclave + " has ended before it was terminated");
                return;
            }
            throw new IOException(
                    enclave
                            + " may be left running: "
                            + e.getMessage()
                            + "; end it by nitro-cli terminate-enclave --enclave-id "
                            + enclave.id(),
                    e);
        }
    }

    /** One that ends by itself at the same time cannot be terminated. */
    private boolean endedBefore(NitroEnclave enclave, long endNs) throws InterruptedException {
        try {
            return tools.clock().nanoTime() - endNs < 0 && !tools.nitro().runs(enclave);
        } catch (IOException e) {
            return false;
        }
    }

    private long leftMs(long endNs) {
        return Math.max(MIN_MS, (endNs - tools.clock().nanoTime()) / NS_PER_MS);
    }
}
