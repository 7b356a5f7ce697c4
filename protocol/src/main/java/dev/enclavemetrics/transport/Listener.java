package dev.enclavemetrics.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A listening socket. For use by one thread; any thread may call {@link #close}. */
public final class Listener implements Closeable {

    private final SocketCalls calls;
    private final Endpoint endpoint;
    private final Descriptor descriptor;
    private boolean closed;

    Listener(SocketCalls calls, Endpoint endpoint, int fd) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.descriptor = new Descriptor(calls, endpoint, fd);
    }

    /**
     * Waits for a peer.
     *
     * @param timeoutMs at least 1
     * @return the connection, or null after the timeout
     */
    public @Nullable Connection accept(int timeoutMs) throws IOException {
        int result;
        int fd = descriptor.use();
        try {
            result = calls.timeouts(fd, timeoutMs, 0);
            if (result >= 0) {
                result = calls.accept(fd);
            }
        } finally {
            descriptor.release();
        }
        if (result >= 0) {
            return connection(result);
        }
        if (-result == Errno.EAGAIN.number()) {
            return null;
        }
        throw SocketFailure.of("accept", endpoint, result);
    }

    private Connection connection(int fd) {
        try {
            // A vsock inherits it from its listener. On a Unix socket it belongs to the sender.
            if (endpoint instanceof Endpoint.Unix) {
                calls.bufferBytes(fd, SocketAddress.AF_UNIX, Transport.BUFFER_BYTES);
            }
            return new Connection(calls, endpoint, fd);
        } catch (Throwable e) { // a full heap: the peer must not stay connected
            calls.close(fd);
            throw e;
        }
    }

    /** Stops listening, and deletes the path of a Unix socket. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            // Before the close: afterwards another process may take the path.
            if (endpoint instanceof Endpoint.Unix unix) {
                Files.deleteIfExists(Path.of(unix.path()));
            }
        } finally {
            descriptor.close();
        }
    }
}
