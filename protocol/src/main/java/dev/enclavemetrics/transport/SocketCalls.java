package dev.enclavemetrics.transport;

/**
 * The system calls of the transports. They return a descriptor or a count, 0 or more, on success
 * and {@code -errno} on failure; interrupted calls are repeated. Two implementations, with JNI and
 * with jnr, pass the same tests.
 */
interface SocketCalls {

    /** socket(family, SOCK_STREAM), closed on exec. */
    int socket(int family);

    int bind(int fd, byte[] address);

    /**
     * open(2) with O_PATH: the file itself, even if it is a socket or a link; closed on exec. Not
     * on macOS.
     *
     * @param path ends with a NUL byte
     */
    int openPath(byte[] path);

    int listen(int fd, int backlog);

    /** accept(2), closed on exec; -EAGAIN after the listener's receive timeout. */
    int accept(int fd);

    int connect(int fd, byte[] address);

    /** send(2) without SIGPIPE; -EAGAIN if {@code !wait} and the socket is full. */
    int send(int fd, byte[] bytes, int offset, int length, boolean wait);

    /** recv(2); 0 at the end of the stream. */
    int receive(int fd, byte[] bytes, int offset, int length, boolean wait);

    /** SO_RCVTIMEO and SO_SNDTIMEO; 0 waits forever. */
    int timeouts(int fd, int receiveMs, int sendMs);

    /** The size of the buffer of unread bytes: on vsock the receiver's, else the sender's. */
    int bufferBytes(int fd, int family, int bytes);

    /** getpeername(2) into {@code address}; returns the number of bytes written. */
    int peerName(int fd, byte[] address);

    /** shutdown(2) in both directions; wakes a thread that waits in another call. */
    int shutdown(int fd);

    int close(int fd);

    /** The name of this implementation, for logs. */
    String binding();
}
