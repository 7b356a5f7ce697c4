package dev.enclavemetrics.agent.serve;

import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.log.RepeatedEvent;
import dev.enclavemetrics.transport.Connection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connected peers. No peer can lock out another: a new peer replaces the longest-connected one,
 * which reconnects. A peer that breaks a rule or fails is dropped without effect on the others.
 */
final class Peers {

    static final int MAX = 4;

    /** One place more than the limit, so that a new peer is served before another is dropped. */
    private final Peer[] places = new Peer[MAX + 1];

    private long admissions;

    private final RepeatedEvent replaced;
    private final RepeatedEvent dropped;
    private final String droppedMessage; // no literal where it is used: see AgentLog.failure

    private volatile boolean closed;

    Peers(AgentLog log, LongSupplier nanoTime) {
        for (int i = 0; i < places.length; i++) {
            places[i] = new Peer();
        }
        replaced = new RepeatedEvent(log, nanoTime);
        dropped = new RepeatedEvent(log, nanoTime);
        droppedMessage = "dropped a peer";
    }

    int count() {
        int count = 0;
        for (Peer peer : places) {
            count += peer.isConnected() ? 1 : 0;
        }
        return count;
    }

    /** Gives the connection a place; there is a free one after each {@link #makeRoom}. */
    Peer add(Connection connection) {
        int place = 0;
        while (places[place].isConnected()) {
            place++;
        }
        places[place].connect(connection, ++admissions);
        return places[place];
    }

    /**
     * If there are more than the limit, drops those that are gone or have sent bytes; if none is,
     * the longest-connected one.
     */
    void makeRoom() {
        if (count() > MAX) {
            dropGone();
        }
        if (count() > MAX) {
            longestConnected().close();
            replaced.happened(
                    "a new peer replaced the longest-connected one: at most "
                            + MAX
                            + " are connected at once");
        }
    }

    private Peer longestConnected() {
        Peer longest = places[0]; // all are connected
        for (Peer peer : places) {
            longest = peer.admission() < longest.admission() ? peer : longest;
        }
        return longest;
    }

    /** Sends the frame, if any, to every peer. */
    void send(byte @Nullable [] frame) {
        for (Peer peer : places) {
            if (peer.isConnected()) {
                serves(peer, frame);
            }
        }
    }

    /** Drops the peers that have closed their connections, or sent bytes. */
    void dropGone() {
        send(null);
    }

    /** Sends a peer the frame, if any; drops a peer that breaks a rule, and then returns false. */
    boolean serves(Peer peer, byte @Nullable [] frame) {
        String problem;
        try {
            problem = peer.offer(frame);
        } catch (Throwable e) { // an Error too: it must cost this peer only
            drop(peer, e);
            return false;
        }
        if (problem != null) {
            peer.close();
            if (!closed) {
                dropped.happened(problem);
            }
        }
        return problem == null;
    }

    void drop(Peer peer, Throwable e) {
        peer.close();
        if (!closed) {
            dropped.failed(droppedMessage, e);
        }
    }

    /** From any thread. */
    void close() {
        closed = true;
        for (Peer peer : places) {
            peer.close();
        }
    }
}
