package dev.enclavemetrics.transport;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Objects;

/**
 * One stream of bytes. Its calls are for one thread; {@link #shutdown} and {@link #close} may be
 * called from any, and wake the one that waits.
 */
public final class Connection implements Closeable {

    /** What {@link #trySend} and {@link #tryReceive} return when the socket has no room or byte. */
    public static final int WOULD_BLOCK = -1;

    /** What {@link #tryReceive} returns at the end of the stream. */
    public static final int END = 0;

    private static final long NS_PER_MS = 1_000_000;

    private final SocketCalls calls;
    private final Endpoint endpoint;
    private final Descriptor descriptor;
    private long timeoutMs = Integer.MAX_VALUE; // the kernel's own default is to wait for ever

    Connection(SocketCalls calls, Endpoint endpoint, int fd) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.descriptor = new Descriptor(calls, endpoint, fd);
    }

    /**
     * Sets how long {@link #receive} and {@link #send} wait.
     *
     * @param ms at least 1
     */
    public void timeoutMs(int ms) throws IOException {
        int fd = descriptor.use();
        try {
            check("setsockopt", calls.timeouts(fd, ms, ms));
            timeoutMs = ms;
        } finally {
            descriptor.release();
        }
    }

    /**
     * Sends all, or fails.
     *
     * @throws SocketTimeoutException if the peer takes nothing for the time set
     */
    public void send(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int fd = descriptor.use();
        try {
            for (int sent = 0; sent < length; ) {
                sent += waited("send", calls.send(fd, bytes, offset + sent, length - sent, true));
            }
        } finally {
            descriptor.release();
        }
    }

    /**
     * Sends what the socket takes at once.
     *
     * @return how many bytes, or {@link #WOULD_BLOCK}
     */
    public int trySend(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int fd = descriptor.use();
        try {
            int result = calls.send(fd, bytes, offset, length, false);
            return wouldBlock(result) ? WOULD_BLOCK : check("send", result);
        } finally {
            descriptor.release();
        }
    }

    /**
     * Fills the range.
     *
     * @throws EOFException if the stream ends before
     * @throws SocketTimeoutException if it is not full after the time set, however the bytes
     *     trickle
     */
    public void receive(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int fd = descriptor.use();
        try {
            long startedNs = System.nanoTime();
            for (int received = 0; received < length; ) {
                if (received > 0 && System.nanoTime() - startedNs > timeoutMs * NS_PER_MS) {
                    throw timedOut("recv");
                }
                int result = calls.receive(fd, bytes, offset + received, length - received, true);
                if (waited("recv", result) == END) {
                    throw new EOFException("the peer closed the connection " + endpoint);
                }
                received += result;
            }
        } finally {
            descriptor.release();
        }
    }

    /**
     * Takes what is there, without waiting.
     *
     * @param bytes room for at least 1
     * @return how many bytes, {@link #WOULD_BLOCK} or {@link #END}
     */
    public int tryReceive(byte[] bytes) throws IOException {
        int fd = descriptor.use();
        try {
            int result = calls.receive(fd, bytes, 0, bytes.length, false);
            return wouldBlock(result) ? WOULD_BLOCK : check("recv", result);
        } finally {
            descriptor.release();
        }
    }

    /** The peer's context id; on a socket that is not vsock an error. */
    public int peerCid() throws IOException {
        byte[] address = new byte[SocketAddress.VSOCK_BYTES];
        int fd = descriptor.use();
        try {
            check("getpeername", calls.peerName(fd, address));
        } finally {
            descriptor.release();
        }
        if (!SocketAddress.isVsock(address)) {
            throw new IOException("only a vsock peer has a CID, found " + endpoint);
        }
        return SocketAddress.cid(address);
    }

    /** Ends the stream both ways, which wakes a thread that waits in a call. */
    public void shutdown() {
        descriptor.shutdown();
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private int waited(String call, int result) throws IOException {
        if (wouldBlock(result)) {
            throw timedOut(call);
        }
        return check(call, result);
    }

    private SocketTimeoutException timedOut(String call) {
        return new SocketTimeoutException(call + " " + endpoint + " timed out");
    }

    private int check(String call, int result) throws IOException {
        if (result < 0) {
            throw SocketFailure.of(call, endpoint, result);
        }
        return result;
    }

    private static boolean wouldBlock(int result) {
        return result < 0 && -result == Errno.EAGAIN.number();
    }
}
