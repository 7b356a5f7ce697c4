package dev.enclavemetrics.transport;

/** Errors of socket calls, with their numbers on Linux and macOS. */
enum Errno {
    EPERM(1, 1, "operation not permitted"),
    ENOENT(2, 2, "no such file or directory"),
    EINTR(4, 4, "interrupted"),
    EIO(5, 5, "input/output error"),
    ENXIO(6, 6, "no such device or address"),
    EBADF(9, 9, "bad file descriptor"),
    EAGAIN(11, 35, "timed out"),
    ENOMEM(12, 12, "out of memory"),
    EACCES(13, 13, "permission denied"),
    ENODEV(19, 19, "no such device"),
    ENOTDIR(20, 20, "not a directory"),
    EISDIR(21, 21, "is a directory"),
    EINVAL(22, 22, "invalid argument"),
    ENFILE(23, 23, "too many open files in system"),
    EMFILE(24, 24, "too many open files"),
    ENOSPC(28, 28, "no space left on device"),
    EROFS(30, 30, "read-only file system"),
    EPIPE(32, 32, "broken pipe"),
    ENAMETOOLONG(36, 63, "file name too long"),
    ENOSYS(38, 78, "function not implemented"),
    ELOOP(40, 62, "too many levels of symbolic links"),
    EPROTOTYPE(91, 41, "protocol wrong type for socket"),
    ENOPROTOOPT(92, 42, "protocol not available"),
    EPROTONOSUPPORT(93, 43, "protocol not supported"),
    ESOCKTNOSUPPORT(94, 44, "socket type not supported"),
    EOPNOTSUPP(95, 102, "operation not supported"),
    EAFNOSUPPORT(97, 47, "address family not supported"),
    EADDRINUSE(98, 48, "address already in use"),
    EADDRNOTAVAIL(99, 49, "address not available"),
    ENETDOWN(100, 50, "network is down"),
    ENETUNREACH(101, 51, "network unreachable"),
    ECONNABORTED(103, 53, "connection aborted"),
    ECONNRESET(104, 54, "connection reset by peer"),
    ENOBUFS(105, 55, "no buffer space available"),
    ENOTCONN(107, 57, "not connected"),
    ETIMEDOUT(110, 60, "connection timed out"),
    ECONNREFUSED(111, 61, "connection refused"),
    EHOSTUNREACH(113, 65, "no route to host"),
    EDQUOT(122, 69, "disk quota exceeded"),
    /** Any other. */
    OTHER(-1, -1, "failed");

    private final int linux;
    private final int mac;
    private final String text;

    Errno(int linux, int mac, String text) {
        this.linux = linux;
        this.mac = mac;
        this.text = text;
    }

    /** The error of a call's result, a negative number. */
    static Errno of(int result) {
        for (Errno errno : values()) {
            if (errno.number() == -result) {
                return errno;
            }
        }
        return OTHER;
    }

    static String message(int result) {
        Errno errno = of(result);
        return errno == OTHER
                ? "error number " + -result + " (see man 3 errno)"
                : errno.name() + " (" + errno.text + ")";
    }

    int number() {
        return Platform.MAC ? mac : linux;
    }
}
