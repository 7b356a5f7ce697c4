package dev.enclavemetrics.transport;

import java.io.IOException;

/** Dials and listens. The agent listens, and the launcher dials. */
public final class Transport {

    /**
     * Peers that may wait to be accepted; the kernel refuses more. Large, so that a launcher gets
     * in even if other peers dial all the time. They take at most 1 MB.
     */
    private static final int BACKLOG = 512;

    /**
     * Unread bytes on a connection. Small, so that a slow reader gets new frames instead of a
     * backlog of old ones. The kernel rounds it up.
     */
    static final int BUFFER_BYTES = 4096;

    private final SocketCalls calls;

    Transport(SocketCalls calls) {
        this.calls = calls;
    }

    /**
     * Loads the binding to the system calls.
     *
     * @throws IOException with the remedy, if there is neither the native library nor jnr
     */
    public static Transport load() throws IOException {
        return new Transport(Binding.choose());
    }

    /** The name of the binding, for logs. */
    public String binding() {
        return calls.binding();
    }

    /**
     * Connects, and for a {@link Endpoint.Hybrid} asks the VMM for its guest's port.
     *
     * @param timeoutMs of the connect and of each later call, at least 1; the kernel ends a vsock
     *     connect after 2 s
     */
    public Connection dial(Endpoint endpoint, int timeoutMs) throws IOException {
        int family = family(endpoint);
        int fd = socket(family, endpoint);
        try (FailureGuard guard = new FailureGuard(fd)) {
            check("setsockopt", endpoint, calls.timeouts(fd, timeoutMs, timeoutMs));
            // Only helps slow readers, so it does no harm if the kernel refuses it.
            calls.bufferBytes(fd, family, BUFFER_BYTES);
            check("connect", endpoint, calls.connect(fd, address(endpoint)));
            Connection connection = new Connection(calls, endpoint, fd);
            connection.timeoutMs(timeoutMs);
            if (endpoint instanceof Endpoint.Hybrid hybrid) {
                HybridHandshake.requestPort(connection, hybrid);
            }
            guard.succeeded();
            return connection;
        }
    }

    /**
     * Listens.
     *
     * @param socketMode the permissions of a Unix socket, whatever the umask; connect(2) needs
     *     write permission
     * @throws IllegalArgumentException for an endpoint that can only be dialled
     */
    public Listener listen(Endpoint endpoint, int socketMode) throws IOException {
        if (endpoint instanceof Endpoint.Hybrid || endpoint instanceof Endpoint.Application) {
            throw new IllegalArgumentException(
                    "an agent must listen on " + Endpoint.LISTENING_FORMS + ", found " + endpoint);
        }
        if (endpoint instanceof Endpoint.Unix unix) {
            new ListenPath(calls, unix).removeStaleSocket();
        }
        int family = family(endpoint);
        int fd = socket(family, endpoint);
        try (FailureGuard guard = new FailureGuard(fd)) {
            calls.bufferBytes(fd, family, BUFFER_BYTES);
            check("bind", endpoint, calls.bind(fd, address(endpoint)));
            if (endpoint instanceof Endpoint.Unix unix) {
                new ListenPath(calls, unix)
                        .permit(socketMode); // nothing can connect before listen(2)
            }
            check("listen", endpoint, calls.listen(fd, BACKLOG));
            Listener listener = new Listener(calls, endpoint, fd);
            guard.succeeded();
            return listener;
        }
    }

    private int socket(int family, Endpoint endpoint) throws IOException {
        return check("socket", endpoint, calls.socket(family));
    }

    static int check(String call, Endpoint endpoint, int result) throws IOException {
        if (result < 0) {
            throw SocketFailure.of(call, endpoint, result);
        }
        return result;
    }

    private static int family(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Application application && application.path().isEmpty()) {
            return SocketAddress.AF_INET;
        }
        return endpoint instanceof Endpoint.Vsock ? SocketAddress.AF_VSOCK : SocketAddress.AF_UNIX;
    }

    private static byte[] address(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Vsock vsock) {
            return SocketAddress.vsock(vsock.cid(), vsock.port());
        }
        if (endpoint instanceof Endpoint.Application application) {
            return application.path().isEmpty()
                    ? SocketAddress.loopback(application.port())
                    : SocketAddress.unix(application.path());
        }
        return SocketAddress.unix(
                endpoint instanceof Endpoint.Hybrid hybrid
                        ? hybrid.path()
                        : ((Endpoint.Unix) endpoint).path());
    }

    /** Closes a descriptor unless all steps after its opening succeed. */
    private final class FailureGuard implements AutoCloseable {
        private final int fd;
        private boolean succeeded;

        FailureGuard(int fd) {
            this.fd = fd;
        }

        void succeeded() {
            succeeded = true;
        }

        @Override
        public void close() {
            if (!succeeded) {
                calls.close(fd);
            }
        }
    }
}
