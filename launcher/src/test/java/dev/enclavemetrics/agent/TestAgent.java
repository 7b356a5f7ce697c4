package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.round.Resolution;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.transport.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/** The real agent on a thread of the test's JVM, with shorter intervals than its settings allow. */
public final class TestAgent implements Closeable {

    private final AgentLoop loop;
    private final Thread thread;

    /**
     * Starts the agent.
     *
     * @param socket the path of the Unix socket that it listens on
     * @param proc the proc filesystem that it samples
     */
    public TestAgent(Path socket, Path proc, int intervalMs, int windowMs) throws IOException {
        AgentConfig config =
                new AgentConfig(
                        new Endpoint.Unix(socket.toString()),
                        0600,
                        intervalMs,
                        windowMs,
                        Endpoint.ANY_CID,
                        Resolution.DEFAULT,
                        proc,
                        AgentConfig.NO_PID,
                        null,
                        false);
        AgentLog silent = new AgentLog(new PrintStream(OutputStream.nullOutputStream()));
        // As in an application: no shutdown hook in the test's JVM.
        loop = Agent.loop(config, silent, true);
        thread = new Thread(loop, "test-agent");
        thread.start();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Ends the agent as a kill does: its connections are closed at once. */
    @Override
    public void close() throws IOException {
        loop.close(); // an interrupt does not end it
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
