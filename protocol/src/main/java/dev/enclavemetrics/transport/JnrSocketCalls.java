package dev.enclavemetrics.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import jnr.constants.platform.OpenFlags;
import jnr.constants.platform.SocketLevel;
import jnr.constants.platform.SocketOption;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.byref.IntByReference;
import org.jspecify.annotations.Nullable;

/** System calls through jnr-ffi, for platforms without the native library. */
final class JnrSocketCalls implements SocketCalls {

    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = Platform.MAC ? 0 : 0x80000;
    private static final int MSG_DONTWAIT = Platform.MAC ? 0x80 : 0x40;
    private static final int MSG_NOSIGNAL = Platform.MAC ? 0 : 0x4000;
    private static final int SHUT_RDWR = 2;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int O_PATH = 010000000;
    private static final int EINTR = 4;
    private static final int[] VSOCK_BUFFER_OPTIONS = {1, 2, 0}; // min, max, size: vm_sockets.h

    /** The C library, as jnr-ffi maps it, with the functions' own names. */
    public interface C {
        int socket(int family, int type, int protocol);

        int bind(int fd, byte[] address, int length);

        int open(byte[] path, int flags);

        int listen(int fd, int backlog);

        int accept(int fd, byte @Nullable [] address, @Nullable IntByReference length);

        int connect(int fd, byte[] address, int length);

        long send(int fd, byte[] bytes, long length, int flags);

        long recv(int fd, byte[] bytes, long length, int flags);

        int setsockopt(int fd, int level, int option, byte[] value, int length);

        int getpeername(int fd, byte[] address, IntByReference length);

        int fcntl(int fd, int command, int argument);

        int shutdown(int fd, int how);

        int close(int fd);
    }

    /** A call that may be interrupted. */
    private interface Call {
        long make();
    }

    private final C c;
    private final Runtime runtime;

    JnrSocketCalls() {
        c = LibraryLoader.create(C.class).load("c");
        runtime = Runtime.getRuntime(c);
    }

    @Override
    public int socket(int family) {
        return closedOnExec(outcome(() -> c.socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    }

    @Override
    public int bind(int fd, byte[] address) {
        return outcome(() -> c.bind(fd, address, address.length));
    }

    @Override
    public int openPath(byte[] path) {
        int flags = O_PATH | OpenFlags.O_NOFOLLOW.intValue() | OpenFlags.O_CLOEXEC.intValue();
        return outcome(() -> c.open(path, flags));
    }

    @Override
    public int listen(int fd, int backlog) {
        return outcome(() -> c.listen(fd, backlog));
    }

    @Override
    public int accept(int fd) {
        return closedOnExec(outcome(() -> c.accept(fd, null, null)));
    }

    @Override
    public int connect(int fd, byte[] address) {
        return outcome(() -> c.connect(fd, address, address.length));
    }

    @Override
    public int send(int fd, byte[] bytes, int offset, int length, boolean wait) {
        byte[] part = Arrays.copyOfRange(bytes, offset, offset + length);
        int flags = MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT);
        return outcome(() -> c.send(fd, part, length, flags));
    }

    @Override
    public int receive(int fd, byte[] bytes, int offset, int length, boolean wait) {
        byte[] part = new byte[length];
        int count = outcome(() -> c.recv(fd, part, length, wait ? 0 : MSG_DONTWAIT));
        if (count > 0) {
            System.arraycopy(part, 0, bytes, offset, count);
        }
        return count;
    }

    @Override
    public int timeouts(int fd, int receiveMs, int sendMs) {
        int result = timeout(fd, SocketOption.SO_RCVTIMEO, receiveMs);
        return result < 0 ? result : timeout(fd, SocketOption.SO_SNDTIMEO, sendMs);
    }

    private int timeout(int fd, SocketOption option, int ms) {
        // struct timeval: two longs on 64-bit systems
        byte[] time =
                nativeOrder(2 * Long.BYTES).putLong(ms / 1000).putLong((ms % 1000) * 1000L).array();
        return option(fd, SocketLevel.SOL_SOCKET.intValue(), option.intValue(), time);
    }

    @Override
    public int bufferBytes(int fd, int family, int bytes) {
        if (family != SocketAddress.AF_VSOCK) {
            byte[] size = nativeOrder(Integer.BYTES).putInt(bytes).array();
            int level = SocketLevel.SOL_SOCKET.intValue();
            return option(fd, level, SocketOption.SO_SNDBUF.intValue(), size);
        }
        byte[] size = nativeOrder(Long.BYTES).putLong(bytes).array();
        int result = 0;
        for (int i = 0; i < VSOCK_BUFFER_OPTIONS.length && result >= 0; i++) {
            result = option(fd, SocketAddress.AF_VSOCK, VSOCK_BUFFER_OPTIONS[i], size);
        }
        return result;
    }

    private int option(int fd, int level, int option, byte[] value) {
        return outcome(() -> c.setsockopt(fd, level, option, value, value.length));
    }

    @Override
    public int peerName(int fd, byte[] address) {
        IntByReference length = new IntByReference(address.length);
        int result = outcome(() -> c.getpeername(fd, address, length));
        return result < 0 ? result : Math.min(length.intValue(), address.length);
    }

    @Override
    public int shutdown(int fd) {
        return outcome(() -> c.shutdown(fd, SHUT_RDWR));
    }

    @Override
    public int close(int fd) {
        // Not with outcome(): an interrupted close has closed, and must not be repeated.
        return c.close(fd) < 0 ? -runtime.getLastError() : 0;
    }

    @Override
    public String binding() {
        return "jnr";
    }

    private int closedOnExec(int fd) {
        if (fd >= 0) {
            c.fcntl(fd, F_SETFD, FD_CLOEXEC);
        }
        return fd;
    }

    private int outcome(Call call) {
        while (true) {
            long result = call.make();
            if (result >= 0) {
                return (int) result;
            }
            int errno = runtime.getLastError();
            if (errno != EINTR) {
                return -errno;
            }
        }
    }

    private static ByteBuffer nativeOrder(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }
}
