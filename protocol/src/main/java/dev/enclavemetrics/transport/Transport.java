package dev.enclavemetrics.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Dials and listens. The agent listens and the launcher dials: see the package of each. */
public final class Transport {

    /**
     * Peers that may wait to be accepted; more are refused by the kernel. Many, since other peers
     * may dial all the time and a launcher among them must find a place; they take 1 MB at most.
     */
    private static final int BACKLOG = 512;

    /**
     * How much may wait unread on a connection, so that a slow reader gets new frames, not a long
     * past. The kernel rounds it up to what it can account for.
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
     * Finds the system calls.
     *
     * @throws IOException that says what to put where, if there is neither the library nor jnr
     */
    public static Transport load() throws IOException {
        return new Transport(Binding.choose());
    }

    /** How the system calls are reached, for a log. */
    public String binding() {
        return calls.binding();
    }

    /**
     * Connects, and for a {@link Endpoint.Hybrid} asks the VMM for its guest's port.
     *
     * @param timeoutMs how long a connect and each later call may wait, at least 1; the kernel's
     *     own limit for a vsock connect is 2 s
     */
    public Connection dial(Endpoint endpoint, int timeoutMs) throws IOException {
        int family = family(endpoint);
        int fd = socket(family, endpoint);
        try (FailureGuard guard = new FailureGuard(fd)) {
            check("setsockopt", endpoint, calls.timeouts(fd, timeoutMs, timeoutMs));
            // Only smooths what a slow reader sees, so a kernel that refuses it does no harm.
            calls.bufferBytes(fd, family, BUFFER_BYTES);
            check("connect", endpoint, calls.connect(fd, address(endpoint)));
            Connection connection = new Connection(calls, endpoint, fd);
            connection.timeoutMs(timeoutMs);
            if (endpoint instanceof Endpoint.Hybrid hybrid) {
                requestPort(connection, hybrid);
            }
            guard.passed();
            return connection;
        }
    }

    /**
     * Listens.
     *
     * @param socketMode the permissions of a Unix socket, whatever the umask: connect(2) needs the
     *     one to write
     * @throws IllegalArgumentException for a {@link Endpoint.Hybrid}, which is a VMM's to listen on
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
                                + " cannot be listened on: what is left there of an agent that has"
                                + " ended must be removed, found: "
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
            guard.passed();
            return listener;
        }
    }

    /**
     * By a descriptor, not by the path, whose socket another user of a shared folder could have
     * replaced by a link or by a file that is not his; and not by umask(2), which is that of the
     * whole process, an application's perhaps.
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
                    unix + " cannot be listened on: a file that is no socket is there; remove it");
        }
    }

    /** A path whose listener died is free; one that answers, or is no socket, is not ours. */
    private void removeStaleSocket(Endpoint.Unix unix) throws IOException {
        Path path = Path.of(unix.path());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // A connect tells nothing of what else is there: a device refuses it as a dead socket does.
        requireSocket(unix, path, LinkOption.NOFOLLOW_LINKS);
        int fd = socket(SocketAddress.AF_UNIX, unix);
        // One that lives but does not accept would keep a connect waiting for ever.
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

    /** Byte by byte: what follows the line belongs to the stream. */
    private static String readLine(Connection connection, Endpoint.Hybrid hybrid)
            throws IOException {
        byte[] line = new byte[MAX_REPLY_BYTES];
        for (int length = 0; length < line.length; length++) {
            try {
                connection.receive(line, length, 1);
            } catch (EOFException e) {
                throw new IOException(
                        hybrid
                                + ": the VMM closed the connection: nobody listens on that port in"
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

    /** Closes a descriptor unless all that should follow its opening went well. */
    private final class FailureGuard implements AutoCloseable {
        private final int fd;
        private boolean passed;

        FailureGuard(int fd) {
            this.fd = fd;
        }

        void passed() {
            passed = true;
        }

        @Override
        public void close() {
            if (!passed) {
                calls.close(fd);
            }
        }
    }
}
