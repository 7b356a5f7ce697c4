package dev.enclavemetrics.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The path of a Unix socket to listen on: removes a stale socket, and sets the mode. */
final class ListenPath {

    private static final String MODE = "unix:mode";
    private static final int PROBE_TIMEOUT_MS = 100;
    private static final int FILE_TYPE_MASK = 0170000; // S_IFMT and S_IFSOCK of stat(2)
    private static final int SOCKET_FILE = 0140000;

    private final SocketCalls calls;
    private final Endpoint.Unix unix;
    private final Path path;

    ListenPath(SocketCalls calls, Endpoint.Unix unix) {
        this.calls = calls;
        this.unix = unix;
        path = Path.of(unix.path());
    }

    /**
     * Removes a socket without a listener. Anything else at the path is left there and is an error.
     */
    void removeStaleSocket() throws IOException {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && isStale()) {
                Files.deleteIfExists(path);
            }
        } catch (FileSystemException e) {
            throw new IOException(
                    "cannot listen on "
                            + unix
                            + ": the socket of an agent that has exited must be removed, found: "
                            + SocketFailure.reason(e)
                            + ". Remove it, or choose another path",
                    e);
        }
    }

    private boolean isStale() throws IOException {
        // A connect does not recognize other files: a device refuses it like a dead socket.
        requireSocket(path, LinkOption.NOFOLLOW_LINKS);
        int fd = Transport.check("socket", unix, calls.socket(SocketAddress.AF_UNIX));
        // A listener that does not accept would keep the connect waiting forever.
        calls.timeouts(fd, PROBE_TIMEOUT_MS, PROBE_TIMEOUT_MS);
        int result = calls.connect(fd, SocketAddress.unix(unix.path()));
        calls.close(fd);
        return result < 0 && Errno.of(result) == Errno.ECONNREFUSED;
    }

    /**
     * Sets the mode through a descriptor. Not through the path: in a shared folder another user
     * could have replaced the socket by a link, or by a file of another user. And not with
     * umask(2), which would change the whole process, perhaps an application.
     */
    void permit(int mode) throws IOException {
        if (Platform.MAC) { // which has no O_PATH
            Files.setAttribute(path, MODE, mode, LinkOption.NOFOLLOW_LINKS);
            return;
        }
        byte[] name = (unix.path() + "\0").getBytes(StandardCharsets.UTF_8);
        int fd = Transport.check("open", unix, calls.openPath(name));
        try {
            Path opened = Path.of("/proc/self/fd/" + fd);
            requireSocket(opened);
            Files.setAttribute(opened, MODE, mode);
        } catch (FileSystemException e) {
            throw new IOException(
                    unix
                            + " must get mode 0"
                            + Integer.toOctalString(mode)
                            + " through /proc/self/fd, found: "
                            + SocketFailure.reason(e)
                            + ". Mount /proc",
                    e);
        } finally {
            calls.close(fd);
        }
    }

    private void requireSocket(Path file, LinkOption... options) throws IOException {
        int mode = (int) Files.getAttribute(file, MODE, options);
        if ((mode & FILE_TYPE_MASK) != SOCKET_FILE) {
            throw new IOException(
                    "cannot listen on " + unix + ": the file there is not a socket; remove it");
        }
    }
}
