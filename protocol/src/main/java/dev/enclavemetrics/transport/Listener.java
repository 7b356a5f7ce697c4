package dev.enclavemetrics.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A listening socket, for one thread. */
public final class Listener implements Closeable {

    private final SocketCalls calls;
    private final Endpoint endpoint;
    private final int fd;
    private boolean closed;

    Listener(SocketCalls calls, Endpoint endpoint, int fd) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.fd = fd;
    }

    /**
     * Waits for a peer.
     *
     * @param timeoutMs how long, at least 1
     * @return the connection, or null once the time has passed
     */
    public @Nullable Connection accept(int timeoutMs) throws IOException {
        int result = calls.timeouts(fd, timeoutMs, 0);
        if (result >= 0) {
            result = calls.accept(fd);
        }
        if (result >= 0) {
            return new Connection(calls, endpoint, result);
        }
        if (-result == Errno.EAGAIN.number()) {
            return null;
        }
        throw SocketFailure.of("accept", endpoint, result);
    }

    /** Stops listening, and takes a Unix socket's path away. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        calls.close(fd);
        if (endpoint instanceof Endpoint.Unix unix) {
            Files.deleteIfExists(Path.of(unix.path()));
        }
    }
}
