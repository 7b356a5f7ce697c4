package dev.enclavemetrics.transport;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Objects;

/**
 * A connected socket. For use by one thread, except {@link #shutdown} and {@link #close}, which any
 * thread may call; they wake the one that waits.
 */
public final class Connection implements Closeable {

    /** Returned by {@link #trySend} and {@link #tryReceive} instead of waiting. */
    public static final int WOULD_BLOCK = -1;

    /** Returned by {@link #tryReceive} at the end of the stream. */
    public static final int END = 0;

    private static final long NS_PER_MS = 1_000_000;

    private final SocketCalls calls;
    private final Endpoint endpoint;
    private final Descriptor descriptor;
    private long timeoutMs = Integer.MAX_VALUE; // the kernel waits forever by default

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
     * Sends all bytes.
     *
     * @throws SocketTimeoutException if the peer reads nothing during the timeout
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
     * Sends what the socket accepts without waiting.
     *
     * @return the number of bytes sent, or {@link #WOULD_BLOCK}
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
     * Receives exactly this many bytes.
     *
     * @throws EOFException if the stream ends earlier
     * @throws SocketTimeoutException if not all have arrived within the timeout, however slowly
     *     they arrive
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
     * Receives what has arrived, and waits for the first byte.
     *
     * @return the number of bytes received, or {@link #END}
     * @throws SocketTimeoutException if nothing arrives during the timeout
     */
    public int receiveSome(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int fd = descriptor.use();
        try {
            return waited("recv", calls.receive(fd, bytes, offset, length, true));
        } finally {
            descriptor.release();
        }
    }

    /**
     * Receives what has arrived, without waiting.
     *
     * @param bytes with room for at least 1
     * @return the number of bytes received, {@link #WOULD_BLOCK} or {@link #END}
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

    /** The peer's context id. Fails on a socket that is not vsock. */
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

    /** Shuts the stream down in both directions, which wakes a thread that waits in a call. */
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
        return Transport.check(call, endpoint, result);
    }

    private static boolean wouldBlock(int result) {
        return result < 0 && -result == Errno.EAGAIN.number();
    }
}
