package dev.enclavemetrics.transport;

/** System calls through {@code libenclavemetrics}, the C library in {@code src/main/native}. */
final class JniSocketCalls implements SocketCalls {

    private static final int NO_SOCKET = -1;

    /**
     * Loads the library.
     *
     * @throws UnsatisfiedLinkError if it does not exist, or is for another platform
     */
    JniSocketCalls(String libraryPath) {
        System.load(libraryPath);
        linkAll();
    }

    /**
     * The JVM links a native method at its first call, which takes memory. By then an application
     * may have filled the heap, and a socket that cannot be closed keeps its peer connected. So
     * each is called once now; without a socket, all fail and do nothing.
     */
    private void linkAll() {
        byte[] none = new byte[0];
        accept(NO_SOCKET);
        connect(NO_SOCKET, none);
        send(NO_SOCKET, none, 0, 0, false);
        receive(NO_SOCKET, none, 0, 0, false);
        timeouts(NO_SOCKET, 0, 0);
        bufferBytes(NO_SOCKET, SocketAddress.AF_UNIX, 0);
        peerName(NO_SOCKET, none);
        shutdown(NO_SOCKET);
        close(NO_SOCKET);
    }

    @Override
    public native int socket(int family);

    @Override
    public native int bind(int fd, byte[] address);

    @Override
    public native int openPath(byte[] path);

    @Override
    public native int listen(int fd, int backlog);

    @Override
    public native int accept(int fd);

    @Override
    public native int connect(int fd, byte[] address);

    @Override
    public native int send(int fd, byte[] bytes, int offset, int length, boolean wait);

    @Override
    public native int receive(int fd, byte[] bytes, int offset, int length, boolean wait);

    @Override
    public native int timeouts(int fd, int receiveMs, int sendMs);

    @Override
    public native int bufferBytes(int fd, int family, int bytes);

    @Override
    public native int peerName(int fd, byte[] address);

    @Override
    public native int shutdown(int fd);

    @Override
    public native int close(int fd);

    @Override
    public String binding() {
        return "native library";
    }
}
