package dev.enclavemetrics.transport;

/** The errors that the transports tell apart, with the numbers of Linux and macOS. */
enum Errno {
    EPERM(1, 1, "operation not permitted"),
    ENOENT(2, 2, "no such file or directory"),
    EAGAIN(11, 35, "timed out"),
    EACCES(13, 13, "permission denied"),
    ENODEV(19, 19, "no such device"),
    EINVAL(22, 22, "invalid argument"),
    EMFILE(24, 24, "too many open files"),
    EPIPE(32, 32, "broken pipe"),
    EAFNOSUPPORT(97, 47, "address family not supported"),
    EADDRINUSE(98, 48, "address already in use"),
    EADDRNOTAVAIL(99, 49, "address not available"),
    ENETUNREACH(101, 51, "network unreachable"),
    ECONNRESET(104, 54, "connection reset by peer"),
    ETIMEDOUT(110, 60, "connection timed out"),
    ECONNREFUSED(111, 61, "connection refused"),
    EHOSTUNREACH(113, 65, "no route to host"),
    /** Any other. */
    OTHER(-1, -1, "failed");

    private final int linux;
    private final int mac;
    private final String words;

    Errno(int linux, int mac, String words) {
        this.linux = linux;
        this.mac = mac;
        this.words = words;
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

    static String words(int result) {
        Errno errno = of(result);
        return errno == OTHER ? "errno " + -result : errno.name() + " (" + errno.words + ")";
    }

    int number() {
        return Platform.MAC ? mac : linux;
    }
}
