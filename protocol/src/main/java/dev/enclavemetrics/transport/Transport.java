package dev.enclavemetrics.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Dials and listens. The agent listens, and the launcher dials. */
public final class Transport {

    /**
     * Peers that may wait to be accepted; the kernel refuses more. Many, so that a launcher finds a
     * place even if other peers dial all the time. They take at most 1 MB.
     */
    private static final int BACKLOG = 512;

    /**
     * Unread bytes on a connection. Small, so that a slow reader gets new frames instead of a
     * backlog of old ones. The kernel rounds it up.
     */
    static final int BUFFER_BYTES = 4096;

    private static final String MODE = "unix:mode";
    private static final int MAX_REPLY_BYTES = 64;
    private static final int PROBE_TIMEOUT_MS = 100;
    private static final int FILE_TYPE_MASK = 0170000; // S_IFMT and S_IFSOCK of stat(2)
    private static final int SOCKET_FILE = 0140000;

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
                requestPort(connection, hybrid);
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
     * @throws IllegalArgumentException for a {@link Endpoint.Hybrid}, where only a VMM listens
     */
    public Listener listen(Endpoint endpoint, int socketMode) throws IOException {
        if (endpoint instanceof Endpoint.Hybrid) {
            throw new IllegalArgumentException(
                    "an agent listens on " + Endpoint.LISTENING_FORMS + ", found " + endpoint);
        }
        if (endpoint instanceof Endpoint.Unix unix) {
            try {
                removeStaleSocket(unix);
            } catch (FileSystemException e) {
                throw new IOException(
                        unix
                                + " cannot be listened on: the socket of an agent that has ended"
                                + " must be removed, found: "
                                + SocketFailure.reason(e)
                                + ". Remove it, or choose another path",
                        e);
            }
        }
        int family = family(endpoint);
        int fd = socket(family, endpoint);
        try (FailureGuard guard = new FailureGuard(fd)) {
            calls.bufferBytes(fd, family, BUFFER_BYTES);
            check("bind", endpoint, calls.bind(fd, address(endpoint)));
            if (endpoint instanceof Endpoint.Unix unix) {
                permit(unix, socketMode); // nothing can connect before listen(2)
            }
            check("listen", endpoint, calls.listen(fd, BACKLOG));
            Listener listener = new Listener(calls, endpoint, fd);
            guard.succeeded();
            return listener;
        }
    }

    /**
     * Sets the mode through a descriptor. Not through the path: in a shared folder another user
     * could have replaced the socket by a link, or by a file of somebody else. And not with
     * umask(2), which would change the whole process, perhaps an application.
     */
    private void permit(Endpoint.Unix unix, int mode) throws IOException {
        Path path = Path.of(unix.path());
        if (Platform.MAC) { // which has no O_PATH
            Files.setAttribute(path, MODE, mode, LinkOption.NOFOLLOW_LINKS);
            return;
        }
        byte[] name = (unix.path() + "\0").getBytes(StandardCharsets.UTF_8);
        int fd = check("open", unix, calls.openPath(name));
        try {
            Path opened = Path.of("/proc/self/fd/" + fd);
            requireSocket(unix, opened);
            Files.setAttribute(opened, MODE, mode);
        } catch (FileSystemException e) {
            throw new IOException(
                    unix
                            + " must get the mode 0"
                            + Integer.toOctalString(mode)
                            + " through /proc/self/fd, found: "
                            + SocketFailure.reason(e)
                            + ". Mount /proc",
                    e);
        } finally {
            calls.close(fd);
        }
    }

    private static void requireSocket(Endpoint.Unix unix, Path path, LinkOption... options)
            throws IOException {
        int mode = (int) Files.getAttribute(path, MODE, options);
        if ((mode & FILE_TYPE_MASK) != SOCKET_FILE) {
            throw new IOException(
                    unix + " cannot be listened on: the file there is not a socket; remove it");
        }
    }

    /** Removes a socket that nobody listens on. Anything else at the path stays. */
    private void removeStaleSocket(Endpoint.Unix unix) throws IOException {
        Path path = Path.of(unix.path());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // A connect does not tell other files apart: a device refuses it like a dead socket.
        requireSocket(unix, path, LinkOption.NOFOLLOW_LINKS);
        int fd = socket(SocketAddress.AF_UNIX, unix);
        // A listener that does not accept would keep the connect waiting forever.
        calls.timeouts(fd, PROBE_TIMEOUT_MS, PROBE_TIMEOUT_MS);
        int result = calls.connect(fd, SocketAddress.unix(unix.path()));
        calls.close(fd);
        if (result < 0 && Errno.of(result) == Errno.ECONNREFUSED) {
            Files.deleteIfExists(path);
        }
    }

    private static void requestPort(Connection connection, Endpoint.Hybrid hybrid)
            throws IOException {
        byte[] request = ("CONNECT " + hybrid.port() + "\n").getBytes(StandardCharsets.US_ASCII);
        connection.send(request, 0, request.length);
        String reply = readLine(connection, hybrid);
        if (!reply.startsWith("OK")) {
            throw new IOException(
                    hybrid + ": the VMM must answer OK to CONNECT, found \"" + reply + "\"");
        }
    }

    /** Reads byte by byte: what follows the line belongs to the stream. */
    private static String readLine(Connection connection, Endpoint.Hybrid hybrid)
            throws IOException {
        byte[] line = new byte[MAX_REPLY_BYTES];
        for (int length = 0; length < line.length; length++) {
            try {
                connection.receive(line, length, 1);
            } catch (EOFException e) {
                throw new IOException(
                        hybrid
                                + ": the VMM closed the connection: nothing listens on that port in"
                                + " the guest; is the agent running?",
                        e);
            } catch (SocketTimeoutException e) {
                throw new IOException(hybrid + ": the VMM does not answer to CONNECT", e);
            }
            if (line[length] == '\n') {
                return new String(line, 0, length, StandardCharsets.US_ASCII);
            }
        }
        throw new IOException(
                hybrid + ": the VMM's answer must be at most " + MAX_REPLY_BYTES + " bytes");
    }

    private int socket(int family, Endpoint endpoint) throws IOException {
        return check("socket", endpoint, calls.socket(family));
    }

    private static int check(String call, Endpoint endpoint, int result) throws IOException {
        if (result < 0) {
            throw SocketFailure.of(call, endpoint, result);
        }
        return result;
    }

    private static int family(Endpoint endpoint) {
        return endpoint instanceof Endpoint.Vsock ? SocketAddress.AF_VSOCK : SocketAddress.AF_UNIX;
    }

    private static byte[] address(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Vsock vsock) {
            return SocketAddress.vsock(vsock.cid(), vsock.port());
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
