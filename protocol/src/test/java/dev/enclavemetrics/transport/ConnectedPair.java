package dev.enclavemetrics.transport;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;

/** Both ends of a Unix socket: the agent's, which accepted, and the launcher's, which connected. */
final class ConnectedPair implements AutoCloseable {

    /** A timeout that must not pass in a test. */
    static final int PATIENT_MS = 10_000;

    /** A timeout that a test waits for. */
    static final int BRIEF_MS = 20;

    final Connection agent;
    final Connection launcher;

    ConnectedPair(Transport transport, Path folder) throws IOException {
        Endpoint endpoint = new Endpoint.Unix(folder.resolve("pair").toString());
        try (Listener listener = transport.listen(endpoint, 0600)) {
            launcher = transport.dial(endpoint, PATIENT_MS);
            agent = requireNonNull(listener.accept(PATIENT_MS));
        }
        agent.timeoutMs(PATIENT_MS);
    }

    @Override
    public void close() {
        agent.close();
        launcher.close();
    }
}
