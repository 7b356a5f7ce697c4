package dev.enclavemetrics.agent.serve;

import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.log.RepeatedEvent;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Listener;
import dev.enclavemetrics.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts launchers and sends each the newest frame, at once and then at each tick. For one thread.
 *
 * <p>Every process on the node can connect. Whatever peers do, memory stays constant and the CPU
 * time for them is limited.
 */
public final class FrameServer implements Closeable {

    /**
     * Peers that are accepted without a pause. With the pause that makes at most some 6,000 per
     * second, a tenth of a core; a full backlog has its frames within 100 ms.
     */
    static final int MAX_ACCEPTS = 64;

    private static final long ACCEPT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LAST_NS = TimeUnit.MILLISECONDS.toNanos(120);
    private static final long LAST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** The longest that enclave-supervise waits before it kills the agent. */
    private static final long LAST_LAUNCHER_NS = TimeUnit.SECONDS.toNanos(60);

    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private volatile Listener listener;
    private final Transport transport;
    private final AgentConfig config;
    private final LongSupplier nanoTime;

    private final Peers peers;

    private final RepeatedEvent connected;
    private final RepeatedEvent refused;
    private final RepeatedEvent acceptFailed;
    private final String noAcceptsMessage;

    private byte @Nullable [] newest;
    private long newestNs;

    private volatile boolean closed;
    private volatile boolean accepting = true;
    private boolean last;

    /**
     * Serves the peers of a listener.
     *
     * @param transport opens the listener again if no launcher is connected at the last frame
     */
    public FrameServer(
            Listener listener,
            Transport transport,
            AgentConfig config,
            AgentLog log,
            LongSupplier nanoTime) {
        this.listener = listener;
        this.transport = transport;
        this.config = config;
        this.nanoTime = nanoTime;
        peers = new Peers(log, nanoTime);
        connected = new RepeatedEvent(log, nanoTime);
        refused = new RepeatedEvent(log, nanoTime);
        acceptFailed = new RepeatedEvent(log, nanoTime);
        noAcceptsMessage = "no peer is accepted until the next interval";
    }

    int peers() {
        return peers.count();
    }

    /** Accepts until the deadline, which is also how the agent waits for its next tick. */
    public void acceptUntil(long deadlineNs) {
        int accepts = 0;
        long leftNs;
        while (!closed && accepting && (leftNs = deadlineNs - nanoTime.getAsLong()) > 0) {
            try {
                if (accepts == MAX_ACCEPTS) {
                    accepts = 0;
                    Pause.ns(Math.min(leftNs, ACCEPT_PAUSE_NS));
                    continue;
                }
                accepts += acceptOne(leftNs) ? 1 : 0;
            } catch (Throwable e) { // an Error too: the application may have filled the heap
                if (!closed && accepting) {
                    acceptFailed.failed(noAcceptsMessage, e);
                    Pause.ns(leftNs);
                }
            }
        }
    }

    private boolean acceptOne(long maxNs) throws IOException {
        Connection connection = listener.accept(roundedUpMs(maxNs));
        if (connection != null) {
            admit(connection);
        }
        return connection != null;
    }

    private static int roundedUpMs(long ns) {
        return (int) ((ns + NS_PER_MS - 1) / NS_PER_MS);
    }

    private void admit(Connection connection) {
        Peer newcomer = peers.add(connection);
        if (!isAllowed(newcomer, connection) || !peers.serves(newcomer, freshFrame())) {
            return;
        }
        peers.makeRoom();
        connected.happened("a launcher connected, " + peers.count() + " now");
    }

    private boolean isAllowed(Peer newcomer, Connection connection) {
        int allowed = config.peerCid();
        if (!(config.listen() instanceof Endpoint.Vsock) || allowed == Endpoint.ANY_CID) {
            return true;
        }
        int cid;
        try {
            cid = connection.peerCid();
        } catch (Throwable e) {
            peers.drop(newcomer, e);
            return false;
        }
        if (cid == allowed) {
            return true;
        }
        newcomer.close();
        refused.happened(
                "refused a peer: its CID must be "
                        + Integer.toUnsignedString(allowed)
                        + " (setting peer-cid), found "
                        + Integer.toUnsignedString(cid));
        return false;
    }

    /** The newest frame, or null if it is from an earlier interval and not the last. */
    private byte @Nullable [] freshFrame() {
        long ageNs = nanoTime.getAsLong() - newestNs;
        return last || ageNs < config.intervalMs() * NS_PER_MS ? newest : null;
    }

    /** Sends the frame to every peer; drops peers that are gone, send bytes or do not read. */
    public void send(byte[] frame) {
        newest = frame;
        newestNs = nanoTime.getAsLong();
        peers.send(frame);
    }

    /**
     * Sends the last frame, and waits until every launcher has closed its connection, which it does
     * after reading that frame, or until a timeout: a frame in transit is lost when the machine
     * ends. If no launcher is connected, the frame is kept for one that connects, since a command
     * that fails at its start may end before the launcher's first connection.
     */
    public void sendLast(byte[] frame) throws IOException {
        last = true;
        send(frame);
        if (peers.count() == 0) {
            listener = transport.listen(config.listen(), config.socketMode());
            accepting = true;
            long untilNs = nanoTime.getAsLong() + LAST_LAUNCHER_NS;
            long leftNs;
            while (peers.count() == 0 && (leftNs = untilNs - nanoTime.getAsLong()) > 0) {
                acceptOne(leftNs);
            }
        }
        long startedNs = nanoTime.getAsLong();
        while (peers.count() > 0 && nanoTime.getAsLong() - startedNs < LAST_NS) {
            Pause.ns(LAST_PAUSE_NS);
            peers.dropGone();
        }
    }

    /** From any thread; peers stay connected. */
    public void stopAccepting() throws IOException {
        accepting = false;
        listener.close();
    }

    public boolean isClosed() {
        return closed;
    }

    /** From any thread. Failures that follow from it in the working thread are not logged. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            listener.close();
        } finally {
            peers.close();
        }
    }
}
