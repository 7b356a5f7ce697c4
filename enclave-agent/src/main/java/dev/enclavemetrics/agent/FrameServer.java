package dev.enclavemetrics.agent;

import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Listener;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Accepts launchers and hands each the newest frame. Whatever a peer does, memory stays the same:
 * at most {@link #MOST_PEERS} peers, one frame each, and a bounded number of accepts an interval.
 * For one thread.
 */
final class FrameServer implements Closeable {

    static final int MOST_PEERS = 4;

    /** A flood of peers must not keep the agent busy: the rest waits for the next interval. */
    private static final int MOST_ACCEPTS = 64;

    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Listener listener;
    private final AgentConfig config;
    private final LongSupplier nanoTime;
    private final List<Peer> peers = new ArrayList<>(MOST_PEERS);

    private final RepeatedEvent connected;
    private final RepeatedEvent dropped;
    private final RepeatedEvent refused;
    private final RepeatedEvent acceptFailed;

    private volatile boolean closed;

    FrameServer(Listener listener, AgentConfig config, AgentLog log, LongSupplier nanoTime) {
        this.listener = listener;
        this.config = config;
        this.nanoTime = nanoTime;
        connected = new RepeatedEvent(log, nanoTime);
        dropped = new RepeatedEvent(log, nanoTime);
        refused = new RepeatedEvent(log, nanoTime);
        acceptFailed = new RepeatedEvent(log, nanoTime);
    }

    int peers() {
        return peers.size();
    }

    /** Accepts until the time has come, which is also how the agent waits for its next tick. */
    void acceptUntil(long deadlineNs) {
        int accepts = 0;
        long leftNs;
        while (!closed && (leftNs = deadlineNs - nanoTime.getAsLong()) > 0) {
            try {
                Connection connection =
                        accepts < MOST_ACCEPTS ? listener.accept(roundedUpMs(leftNs)) : null;
                if (connection != null) {
                    accepts++;
                    admit(connection);
                } else if (accepts == MOST_ACCEPTS) {
                    LockSupport.parkNanos(leftNs);
                }
            } catch (IOException | OutOfMemoryError e) {
                if (!closed) {
                    acceptFailed.happened(e.getMessage() + "; trying again at the next interval");
                }
                accepts = MOST_ACCEPTS;
            }
        }
    }

    private static int roundedUpMs(long ns) {
        return (int) ((ns + NS_PER_MS - 1) / NS_PER_MS);
    }

    private void admit(Connection connection) {
        try {
            if (config.listen() instanceof Endpoint.Vsock && !fromAllowedCid(connection)) {
                connection.close();
                return;
            }
        } catch (IOException e) {
            connection.close();
            dropped.happened("dropped a peer: " + e.getMessage());
            return;
        }
        if (peers.size() == MOST_PEERS) {
            peers.removeIf(this::gone);
        }
        if (peers.size() == MOST_PEERS) {
            connection.close();
            refused.happened(
                    "refused a peer: "
                            + MOST_PEERS
                            + " are connected, and no more are served at once");
            return;
        }
        peers.add(new Peer(connection));
        connected.happened("a launcher connected, " + peers.size() + " now");
    }

    private boolean fromAllowedCid(Connection connection) throws IOException {
        int allowed = config.peerCid();
        int cid = connection.peerCid();
        if (allowed == Endpoint.ANY_CID || cid == allowed) {
            return true;
        }
        refused.happened(
                "refused a peer: its CID must be "
                        + Integer.toUnsignedString(allowed)
                        + " (setting peer-cid), found "
                        + Integer.toUnsignedString(cid));
        return false;
    }

    /** Hands the frame to every peer, and drops those that are gone, speak or do not read. */
    void send(byte[] frame) {
        for (int i = peers.size() - 1; i >= 0; i--) {
            if (gone(peers.get(i), frame)) {
                peers.remove(i);
            }
        }
    }

    private boolean gone(Peer peer) {
        try {
            return closedUnlessTaking(peer, peer.check());
        } catch (IOException e) {
            return closed(peer, e);
        }
    }

    private boolean gone(Peer peer, byte[] frame) {
        try {
            return closedUnlessTaking(peer, peer.offer(frame));
        } catch (IOException e) {
            return closed(peer, e);
        }
    }

    private boolean closedUnlessTaking(Peer peer, Peer.State state) {
        if (state == Peer.State.TAKING) {
            return false;
        }
        peer.close();
        dropped.happened(
                switch (state) {
                    case SENT_BYTES -> "dropped a peer: it must not send anything, and did";
                    case TOO_SLOW ->
                            "dropped a peer: it must take a frame within "
                                    + config.intervalMs()
                                    + "ms, and did not";
                    default -> "a launcher closed its connection";
                });
        return true;
    }

    private boolean closed(Peer peer, IOException e) {
        peer.close();
        dropped.happened("dropped a peer: " + e.getMessage());
        return true;
    }

    boolean isClosed() {
        return closed;
    }

    /** From any thread: what the one at work then meets is no failure, and is not logged. */
    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        peers.forEach(Peer::close);
        peers.clear();
    }
}
