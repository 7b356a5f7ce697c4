package dev.enclavemetrics.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A listening socket. Its calls are for one thread; {@link #close} may be called from any. */
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
     * @param timeoutMs how long, at least 1
     * @return the connection, or null once the time has passed
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
            // A vsock has it from its listener; on a Unix socket, where it is the sender's, not.
            if (endpoint instanceof Endpoint.Unix) {
                calls.bufferBytes(fd, SocketAddress.AF_UNIX, Transport.BUFFER_BYTES);
            }
            return new Connection(calls, endpoint, fd);
        } catch (Throwable e) { // a full heap: a peer must not stay connected to nothing
            calls.close(fd);
            throw e;
        }
    }

    /** Stops listening, and takes a Unix socket's path away. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            // Before the descriptor: a path that nobody answers at is free for another's socket.
            if (endpoint instanceof Endpoint.Unix unix) {
                Files.deleteIfExists(Path.of(unix.path()));
            }
        } finally {
            descriptor.close();
        }
    }
}
