package dev.enclavemetrics.transport;

import java.io.IOException;

/**
 * A socket's file descriptor. It is closed once, and only when no call uses it: the kernel reuses
 * the number, so a pending call would reach another socket.
 */
final class Descriptor {

    private final SocketCalls calls;
    private final Endpoint endpoint;
    private final int fd;
    private int users; // guarded by this, like the next field
    private boolean closed;

    Descriptor(SocketCalls calls, Endpoint endpoint, int fd) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.fd = fd;
    }

    /** The descriptor, in use until {@link #release}. */
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

    /** Closes it, now or when the pending calls have been woken. */
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
