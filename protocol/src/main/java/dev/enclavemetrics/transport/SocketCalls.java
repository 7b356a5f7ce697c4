package dev.enclavemetrics.transport;

/**
 * The system calls that the transports need, as the kernel has them: a descriptor or a count of 0
 * and more on success, {@code -errno} on failure; interrupted calls are made again. Two
 * implementations, by JNI and by jnr, pass the same tests.
 */
interface SocketCalls {

    /** socket(family, SOCK_STREAM), closed on exec. */
    int socket(int family);

    int bind(int fd, byte[] address);

    /**
     * open(2) with O_PATH: the file at a path itself, be it a socket or a link; closed on exec. Not
     * on macOS.
     *
     * @param path ends with a NUL byte
     */
    int openPath(byte[] path);

    int listen(int fd, int backlog);

    /** accept(2), closed on exec; -EAGAIN once the receive timeout of the listener has passed. */
    int accept(int fd);

    int connect(int fd, byte[] address);

    /** send(2) without SIGPIPE; -EAGAIN at once if {@code !wait} and the socket takes nothing. */
    int send(int fd, byte[] bytes, int offset, int length, boolean wait);

    /** recv(2); 0 at the end of the stream. */
    int receive(int fd, byte[] bytes, int offset, int length, boolean wait);

    /** SO_RCVTIMEO and SO_SNDTIMEO; 0 waits for ever. */
    int timeouts(int fd, int receiveMs, int sendMs);

    /** How many bytes may wait unread: on vsock in the receiver, else in the sender. */
    int bufferBytes(int fd, int family, int bytes);

    /** getpeername(2) into {@code address}; the count of bytes written. */
    int peerName(int fd, byte[] address);

    /** shutdown(2), both ways: wakes a thread that waits in another call on this descriptor. */
    int shutdown(int fd);

    int close(int fd);

    /** What to call this implementation in a log. */
    String binding();
}
