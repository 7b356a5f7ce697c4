package dev.enclavemetrics.transport;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Builds the messages of failed system calls, with the remedy. */
final class SocketFailure {

    private static final String SECCOMP =
            ". The container's seccomp profile may refuse AF_VSOCK, as the default ones of"
                    + " containerd and Docker do: set securityContext.seccompProfile to a Localhost"
                    + " profile that allows it, or to Unconfined";

    private static final String NO_SUCH_CID =
            ". No machine with that CID answers: is the enclave running (nitro-cli"
                    + " describe-enclaves)?";

    private static final String NO_LOOPBACK =
            ". Is the loopback interface up? Bring it up (ip link set lo up), or let the"
                    + " application serve on a Unix socket (http+unix:) or write a file (file:)";

    private SocketFailure() {}

    static IOException of(String call, Endpoint endpoint, int result) {
        return new IOException(
                call
                        + " "
                        + endpoint
                        + " failed: "
                        + Errno.message(result)
                        + hint(call, endpoint, Errno.of(result)));
    }

    /** The reason for a failure, which the JDK's exception leaves out in the most common case. */
    static String reason(FileSystemException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e.getReason() == null ? e.toString() : e.getReason();
    }

    private static String applicationHint(Errno errno) {
        return switch (errno) {
            case ECONNREFUSED, ENOENT -> ". Does the application listen there?";
            case ENETUNREACH, EADDRNOTAVAIL, EHOSTUNREACH, ENETDOWN -> NO_LOOPBACK;
            case EACCES -> ". The application must give the agent's user write permission";
            default -> "";
        };
    }

    private static String hint(String call, Endpoint endpoint, Errno errno) {
        boolean vsock = endpoint instanceof Endpoint.Vsock;
        if (endpoint instanceof Endpoint.Application) {
            return applicationHint(errno);
        }
        boolean listening = call.equals("bind") || call.equals("open") || call.equals("listen");
        return switch (errno) {
            case EPERM, EACCES, ENOSYS -> {
                if (vsock && call.equals("socket")) {
                    yield SECCOMP;
                }
                if (vsock || errno == Errno.ENOSYS) {
                    yield "";
                }
                yield call.equals("connect")
                        ? SocketPermissions.hint(endpoint)
                        : ". Check the permissions of the path's folder";
            }
            case EAFNOSUPPORT ->
                    vsock
                            ? ". The kernel has no vsock: load its module (modprobe vsock)"
                                    + SECCOMP
                            : "";
            case ECONNRESET, ECONNREFUSED ->
                    call.equals("connect") ? ". Nothing listens there: is the agent running?" : "";
            case ENOENT ->
                    listening
                            ? ". The folder of the path must exist: create it"
                            : ". There is no socket at that path: is the agent running?";
            case ENODEV, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, EAGAIN -> vsock ? NO_SUCH_CID : "";
            case EADDRINUSE -> ". Another process listens there: choose another port or path";
            case EADDRNOTAVAIL ->
                    listening
                            ? ". A process can listen only on its machine's own CID: write any"
                            : NO_SUCH_CID;
            case EROFS ->
                    ". The folder is on a read-only file system: choose a path on a writable one,"
                            + " such as a tmpfs";
            case ENOTDIR, ELOOP, EISDIR, ENAMETOOLONG -> ". Choose another path for the socket";
            case ENOSPC, EDQUOT -> ". Free space on the file system, or choose another path";
            case EMFILE, ENFILE -> ". Raise the limit of open files (ulimit -n)";
            case ENOMEM, ENOBUFS -> ". Give the machine or the container more memory";
            default -> "";
        };
    }
}
