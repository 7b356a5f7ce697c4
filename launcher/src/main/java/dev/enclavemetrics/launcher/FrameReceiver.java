package dev.enclavemetrics.launcher;

import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.MalformedFrameException;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.process.Log;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Dials the agent and takes its frames, for ever (stages 4 and 5): whatever goes wrong on a
 * connection ends it, and after a pause the next one is dialled. Works on a thread of its own.
 */
final class FrameReceiver implements Closeable {

    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final long CLOSE_TIMEOUT_MS = 500;
    private static final int MOST_WAIT_MS = waitMs(MetricsFrame.MAX_INTERVAL_MS);

    private final EnclaveLocator locator;
    private final Transport transport;
    private final SnapshotWriter writer;
    private final Backoff backoff;
    private final Thread thread = new Thread(this::run, "frame-receiver");
    private final byte[] bytes = new byte[FrameDecoder.MAX_FRAME_BYTES];

    /** How long the first frame of a connection may take: by the last interval, if one is known. */
    private int firstFrameWaitMs = MOST_WAIT_MS;

    private @Nullable Connection open; // guarded by this, as is closed
    private boolean closed;

    FrameReceiver(
            EnclaveLocator locator, Transport transport, SnapshotWriter writer, Backoff backoff) {
        this.locator = locator;
        this.transport = transport;
        this.writer = writer;
        this.backoff = backoff;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!isClosed()) {
                receiveOnce();
                backoff.pause();
            }
        } catch (InterruptedException e) {
            // close() interrupts what waits; there is nothing left to do.
        }
    }

    /** One connection, from the search for the agent to its end. */
    void receiveOnce() throws InterruptedException {
        Endpoint endpoint;
        Connection connection;
        try {
            endpoint = locator.locate();
        } catch (EnclaveNotRunningException e) {
            writer.notRunning(Log.words(e));
            return;
        } catch (IOException | RuntimeException e) {
            writer.dialFailed(Log.words(e));
            return;
        }
        try {
            connection = transport.dial(endpoint, CONNECT_TIMEOUT_MS);
        } catch (IOException | RuntimeException e) {
            writer.dialFailed(locator.unreached(Log.words(e)));
            return;
        }
        try (connection) {
            if (opened(connection)) {
                writer.connected(endpoint);
                receive(connection, endpoint);
            }
        } catch (MalformedFrameException e) {
            writer.malformed(endpoint, Log.words(e));
        } catch (IOException | RuntimeException e) {
            // Whatever it is, it concerns this connection: the next one may do better.
            if (!isClosed()) {
                writer.lost(Log.words(e));
            }
        }
    }

    private void receive(Connection connection, Endpoint endpoint) throws IOException {
        FrameDecoder decoder = new FrameDecoder();
        int waitMs = firstFrameWaitMs;
        for (boolean first = true; ; first = false) {
            connection.timeoutMs(waitMs);
            try {
                waitMs = waitMs(receiveFrame(connection, decoder).intervalMs());
            } catch (SocketTimeoutException e) {
                if (first) { // maybe its interval grew: do not miss its frames for ever
                    firstFrameWaitMs = Math.min(2 * waitMs, MOST_WAIT_MS);
                }
                throw new SocketTimeoutException(
                        "no frame from " + endpoint + " for " + waitMs + " ms");
            }
            firstFrameWaitMs = waitMs;
        }
    }

    private MetricsFrame receiveFrame(Connection connection, FrameDecoder decoder)
            throws IOException {
        connection.receive(bytes, 0, FrameDecoder.HEADER_BYTES);
        int length = FrameDecoder.frameBytes(bytes);
        connection.receive(bytes, FrameDecoder.HEADER_BYTES, length - FrameDecoder.HEADER_BYTES);
        MetricsFrame frame = decoder.decode(bytes, length);
        writer.received(frame);
        backoff.reset();
        return frame;
    }

    private static int waitMs(int intervalMs) {
        return ReceivedFrame.FRESH_INTERVALS * intervalMs;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private synchronized boolean opened(Connection connection) {
        open = connection;
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Ends the thread, wherever it waits; at the latest when a dial's own timeout has passed. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (open != null) {
                open.shutdown();
            }
        }
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
