package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.bootstrap.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * Terminates the enclave that the launcher runs, when the launcher shuts down. If an enclave may be
 * left running, that is logged and the exit code says so.
 */
final class EnclaveTerminator {

    private static final long NS_PER_MS = 1_000_000;

    /** The least time for a command, even after the time limit. */
    private static final long MIN_MS = 1_000;

    private final EnclaveState state;
    private final Thread supervisor;
    private final EnclaveSupervisor.Tools tools;
    private final long graceMs;

    /**
     * Terminates within a time limit.
     *
     * @param supervisor the thread that may be starting an enclave
     */
    EnclaveTerminator(
            EnclaveState state, Thread supervisor, EnclaveSupervisor.Tools tools, Duration grace) {
        this.state = state;
        this.supervisor = supervisor;
        this.tools = tools;
        graceMs = grace.toMillis();
    }

    /** Ends the process with {@link EnclaveExitCode#LEFT_RUNNING} if an enclave may be left. */
    void end(IntConsumer exit) {
        try {
            endWithin(tools.clock().nanoTime() + graceMs * NS_PER_MS);
        } catch (IOException e) {
            tools.fail(Log.message(e), EnclaveExitCode.LEFT_RUNNING.code());
            exit.accept(EnclaveExitCode.LEFT_RUNNING.code());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWithin(long endNs) throws IOException, InterruptedException {
        if (state.isStarting()) {
            // Only the answer of run-enclave has the ID, which terminate-enclave needs.
            tools.log().info("the enclave is still starting; it will be terminated once it runs");
        } else {
            supervisor.interrupt();
        }
        supervisor.join(leftMs(endNs));
        if (supervisor.isAlive()) {
            supervisor.interrupt();
            supervisor.join(MIN_MS);
            if (state.running() == null) {
                throw new IOException(
                        "nitro-cli run-enclave did not answer within "
                                + graceMs
                                + " ms of the signal, and still runs; an enclave may be left"
                                + " running: nitro-cli describe-enclaves shows it");
            }
        }
        NitroEnclave enclave = state.running();
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
                tools.log().info(enclave + " had exited before it was terminated");
                return;
            }
            throw new IOException(
                    enclave
                            + " may be left running: "
                            + e.getMessage()
                            + "; terminate it with nitro-cli terminate-enclave --enclave-id "
                            + enclave.id(),
                    e);
        }
    }

    /** An enclave that exits by itself at the same time cannot be terminated. */
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
