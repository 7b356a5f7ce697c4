package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.MalformedFrameException;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Dials the agent and receives its frames (stages 4 and 5), on its own thread. Any error ends the
 * connection; after a pause the agent is dialled again.
 */
public final class FrameReceiver implements Closeable {

    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final long CLOSE_TIMEOUT_MS = 500;

    private final EnclaveLocator locator;
    private final Transport transport;
    private final SnapshotWriter writer;
    private final Backoff backoff;
    private final Thread thread = new Thread(this::run, "frame-receiver");
    private final ReceiveTimeout wait = new ReceiveTimeout();
    private final byte[] header = new byte[FrameDecoder.HEADER_BYTES];
    private final byte[] bytes = new byte[FrameDecoder.MAX_FRAME_BYTES];

    private @Nullable Connection open; // guarded by this, as is closed
    private boolean closed;

    public FrameReceiver(
            EnclaveLocator locator, Transport transport, SnapshotWriter writer, Backoff backoff) {
        this.locator = locator;
        this.transport = transport;
        this.writer = writer;
        this.backoff = backoff;
    }

    public void start() {
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

    /** One connection: finds the agent, dials it and receives until an error. */
    void receiveOnce() throws InterruptedException {
        Endpoint endpoint;
        Connection connection;
        try {
            endpoint = locator.locate();
        } catch (EnclaveNotRunningException e) {
            writer.notRunning(Log.message(e));
            return;
        } catch (IOException | RuntimeException e) {
            dialFailed(Log.message(e));
            return;
        }
        try {
            connection = transport.dial(endpoint, CONNECT_TIMEOUT_MS);
        } catch (IOException | RuntimeException e) {
            dialFailed(locator.unreached(Log.message(e)));
            return;
        }
        try (connection) {
            if (opened(connection)) {
                writer.connected(endpoint);
                receive(connection, endpoint);
            }
        } catch (MalformedFrameException e) {
            writer.malformed(endpoint, Log.message(e));
        } catch (IOException | RuntimeException e) {
            // Any failure ends this connection only: the next one may work.
            if (!isClosed()) {
                writer.lost(Log.message(e));
            }
        }
    }

    private void dialFailed(String why) {
        if (!isClosed()) {
            writer.dialFailed(why);
        }
    }

    private void receive(Connection connection, Endpoint endpoint) throws IOException {
        FrameDecoder decoder = new FrameDecoder();
        wait.connected();
        for (boolean first = true; ; first = false) {
            connection.timeoutMs(wait.ms());
            try {
                wait.received(receiveFrame(connection, decoder, first).intervalMs());
            } catch (SocketTimeoutException e) {
                wait.missed();
                throw new SocketTimeoutException(
                        "no frame from " + endpoint + " for " + wait.ms() + " ms");
            }
        }
    }

    private MetricsFrame receiveFrame(Connection connection, FrameDecoder decoder, boolean first)
            throws IOException {
        int there = connection.tryReceive(header);
        boolean awaited = there == Connection.WOULD_BLOCK;
        int begun = awaited ? 0 : there;
        System.arraycopy(header, 0, bytes, 0, begun);
        connection.receive(bytes, begun, FrameDecoder.HEADER_BYTES - begun);
        int length = FrameDecoder.frameBytes(bytes);
        connection.receive(bytes, FrameDecoder.HEADER_BYTES, length - FrameDecoder.HEADER_BYTES);
        MetricsFrame frame = decoder.decode(bytes, length);
        writer.received(frame, awaited && !first);
        if (frame.ending() != null) {
            locator.ended(frame.ending(), frame);
        }
        backoff.reset();
        return frame;
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

    /** Stops the thread wherever it waits; if it is dialling, when the dial times out. */
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
