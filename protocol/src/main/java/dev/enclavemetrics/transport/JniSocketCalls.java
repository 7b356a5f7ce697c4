package dev.enclavemetrics.transport;

/** The calls through {@code libenclavemetrics}, the C library in {@code src/main/native}. */
final class JniSocketCalls implements SocketCalls {

    /**
     * Loads the library.
     *
     * @throws UnsatisfiedLinkError if it is not that of this platform, or not there
     */
    JniSocketCalls(String libraryPath) {
        System.load(libraryPath);
    }

    @Override
    public native int socket(int family);

    @Override
    public native int bind(int fd, byte[] address);

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
