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
 * <p>Every process on the node may dial, so connections are contested. No peer can lock another
 * out: a new peer replaces the longest-connected one, which reconnects. Whatever peers do, memory
 * stays constant and the CPU time for them is bounded.
 */
public final class FrameServer implements Closeable {

    static final int MAX_PEERS = 4;

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

    /** One place more than the limit, so that a new peer is served before another is dropped. */
    private final Peer[] peers = new Peer[MAX_PEERS + 1];

    private long admissions;

    private final RepeatedEvent connected;
    private final RepeatedEvent replaced;
    private final RepeatedEvent dropped;
    private final RepeatedEvent refused;
    private final RepeatedEvent acceptFailed;
    private final String droppedPeerMessage;
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
        for (int i = 0; i < peers.length; i++) {
            peers[i] = new Peer();
        }
        connected = new RepeatedEvent(log, nanoTime);
        replaced = new RepeatedEvent(log, nanoTime);
        dropped = new RepeatedEvent(log, nanoTime);
        refused = new RepeatedEvent(log, nanoTime);
        acceptFailed = new RepeatedEvent(log, nanoTime);
        droppedPeerMessage = "dropped a peer";
        noAcceptsMessage = "no peer is accepted until the next interval";
    }

    int peers() {
        int count = 0;
        for (Peer peer : peers) {
            count += peer.isConnected() ? 1 : 0;
        }
        return count;
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
        Peer newcomer = freePlace();
        newcomer.connect(connection, ++admissions);
        if (!isAllowed(newcomer, connection) || !serves(newcomer, freshFrame())) {
            return;
        }
        if (peers() > MAX_PEERS) {
            dropGone();
        }
        if (peers() > MAX_PEERS) {
            longestConnected().close();
            replaced.happened(
                    "a new peer replaced the longest-connected one: at most "
                            + MAX_PEERS
                            + " are connected at once");
        }
        connected.happened("a launcher connected, " + peers() + " now");
    }

    /** There is always one, since there is one place more than the limit. */
    private Peer freePlace() {
        int place = 0;
        while (peers[place].isConnected()) {
            place++;
        }
        return peers[place];
    }

    private Peer longestConnected() {
        Peer longest = peers[0]; // all are connected
        for (Peer peer : peers) {
            longest = peer.admission() < longest.admission() ? peer : longest;
        }
        return longest;
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
            drop(newcomer, e);
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
        for (Peer peer : peers) {
            if (peer.isConnected()) {
                serves(peer, frame);
            }
        }
    }

    /**
     * Sends the last frame, and waits until every launcher has closed its connection, as it does
     * when it has read that frame, or for a while: a frame that is only on its way is lost when the
     * machine ends. If none is connected, the frame is kept for one that connects: a command that
     * fails at its start may end before the launcher's first connection.
     */
    public void sendLast(byte[] frame) throws IOException {
        last = true;
        send(frame);
        if (peers() == 0) {
            listener = transport.listen(config.listen(), config.socketMode());
            accepting = true;
            long untilNs = nanoTime.getAsLong() + LAST_LAUNCHER_NS;
            long leftNs;
            while (peers() == 0 && (leftNs = untilNs - nanoTime.getAsLong()) > 0) {
                acceptOne(leftNs);
            }
        }
        long startedNs = nanoTime.getAsLong();
        while (peers() > 0 && nanoTime.getAsLong() - startedNs < LAST_NS) {
            Pause.ns(LAST_PAUSE_NS);
            dropGone();
        }
    }

    /** From any thread; peers stay connected. */
    public void stopAccepting() throws IOException {
        accepting = false;
        listener.close();
    }

    private void dropGone() {
        for (Peer peer : peers) {
            serves(peer, null);
        }
    }

    /** Sends a peer the frame, if any; drops a peer that breaks a rule, and then returns false. */
    private boolean serves(Peer peer, byte @Nullable [] frame) {
        String problem;
        try {
            problem = frame == null ? peer.check() : peer.offer(frame);
        } catch (Throwable e) { // an Error too: it must cost this peer only
            drop(peer, e);
            return false;
        }
        if (problem != null) {
            peer.close();
            dropped.happened(problem);
        }
        return problem == null;
    }

    private void drop(Peer peer, Throwable e) {
        peer.close();
        if (!closed) {
            dropped.failed(droppedPeerMessage, e);
        }
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
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }
}
