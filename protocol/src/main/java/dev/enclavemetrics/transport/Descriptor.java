package dev.enclavemetrics.transport;

import java.io.IOException;

/**
 * A socket's file descriptor, which is closed once, and only when no call uses it: the kernel gives
 * a closed number out again, so a call that is still at work would reach a stranger's socket.
 */
final class Descriptor {

    private final SocketCalls calls;
    private final Endpoint endpoint;
    private final int fd;
    private int users; // guarded by this, as is the next
    private boolean closed;

    Descriptor(SocketCalls calls, Endpoint endpoint, int fd) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.fd = fd;
    }

    /** The number, for calls that {@link #release} follows. */
    synchronized int use() throws IOException {
        if (closed) {
            throw new IOException(endpoint + " is closed");
        }
        users++;
        return fd;
    }

    synchronized void release() {
        users--;
        if (closed && users == 0) {
            calls.close(fd);
        }
    }

    /** Wakes a thread that waits in a call. */
    synchronized void shutdown() {
        if (!closed) {
            calls.shutdown(fd);
        }
    }

    /** Closes, at once or when the last call that is at work has been woken. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (users == 0) {
            calls.close(fd);
        } else {
            calls.shutdown(fd);
        }
    }
}
