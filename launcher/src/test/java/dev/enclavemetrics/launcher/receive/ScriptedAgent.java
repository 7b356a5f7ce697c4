package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Listener;
import dev.enclavemetrics.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A peer over a real Unix socket that runs one script per connection, in the given order. */
public final class ScriptedAgent implements Closeable {

    /** The peer's behavior on one connection; afterwards the connection is closed. */
    public interface Script {
        void play(Connection connection) throws IOException;
    }

    /** Keeps the connection open without sending, until the launcher closes it. */
    static final Script SILENCE = ScriptedAgent::awaitEnd;

    private static final int ACCEPT_MS = 50;

    private final Endpoint endpoint;
    private final Listener listener;
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "scripted-agent");
    private volatile boolean closed;

    public ScriptedAgent(Transport transport, Path folder) throws IOException {
        endpoint = new Endpoint.Unix(folder.resolve("agent").toString());
        listener = transport.listen(endpoint, 0600);
        thread.setDaemon(true);
        thread.start();
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public void next(Script script) {
        scripts.add(script);
    }

    /** Adds a script that sends these bytes and closes the connection. */
    void nextSends(byte[] bytes) {
        next(connection -> connection.send(bytes, 0, bytes.length));
    }

    public static void awaitEnd(Connection connection) throws IOException {
        connection.timeoutMs((int) TimeUnit.SECONDS.toMillis(60));
        connection.receive(new byte[1], 0, 1); // throws when the connection ends
    }

    private void run() {
        while (!closed) {
            try (Connection connection = listener.accept(ACCEPT_MS)) {
                if (connection != null) {
                    Script script = scripts.poll();
                    if (script != null) {
                        script.play(connection);
                    }
                }
            } catch (IOException e) {
                // The launcher has closed the connection, which ends this script.
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
    }
}
