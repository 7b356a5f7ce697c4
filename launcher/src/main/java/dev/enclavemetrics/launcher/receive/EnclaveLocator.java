package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.transport.Endpoint;
import java.io.Closeable;
import java.io.IOException;

/** Finds where to dial. Called before each dial, since a restarted enclave has another CID. */
public interface EnclaveLocator extends Closeable {

    /** Starts the enclave, if that is the launcher's task. */
    default void start() {}

    /**
     * Where the agent listens now.
     *
     * @throws IOException that says what to do
     */
    Endpoint locate() throws IOException, InterruptedException;

    /** The message for a failed dial, with what is known about the enclave. */
    default String unreached(String failure) {
        return failure;
    }

    /** The agent's last frame reports how the enclave's command ended. */
    default void ended(Ending ending, MetricsFrame last) {}

    /** Waits before the next dial; shorter if it is known earlier that another dial may succeed. */
    default void pause(long ms) throws InterruptedException {
        Thread.sleep(ms);
    }

    /** Terminates the enclave, if {@link #start} has started it. */
    @Override
    default void close() {}
}
