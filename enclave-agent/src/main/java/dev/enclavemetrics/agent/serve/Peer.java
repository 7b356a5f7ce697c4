package dev.enclavemetrics.agent.serve;

import dev.enclavemetrics.transport.Connection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A place for a connected launcher. It gets the newest frame at each tick, and the agent never
 * waits for it; the rest of a frame that its socket took in part is kept for one interval.
 *
 * <p>Places are reused, so that accepting a peer allocates nothing from a heap that the application
 * may have filled.
 */
final class Peer {

    private static final String CLOSED = "a launcher closed its connection";
    private static final String SENT_BYTES = "dropped a peer: it must not send anything, but did";
    private static final String TOO_SLOW =
            "dropped a peer: it must read a frame within one interval, but did not";

    private static final int REST_BYTES = 1024;

    private final byte[] received = new byte[1];
    private final byte[] rest = new byte[REST_BYTES];
    private int restLength;

    private volatile @Nullable Connection connection;
    private long admission;

    boolean isConnected() {
        return connection != null;
    }

    /** An increasing number: the longest-connected peer has the lowest. */
    long admission() {
        return admission;
    }

    void connect(Connection connection, long admission) {
        this.connection = connection;
        this.admission = admission;
        restLength = 0;
    }

    /**
     * Checks that the peer is still connected and has sent nothing, and sends the frame, if any.
     *
     * @return why the peer must be dropped, or null
     */
    @Nullable String offer(byte @Nullable [] frame) throws IOException {
        Connection open = connection;
        if (open == null) {
            return CLOSED;
        }
        int count = open.tryReceive(received);
        if (count != Connection.WOULD_BLOCK) {
            return count == Connection.END ? CLOSED : SENT_BYTES;
        }
        if (frame == null) {
            return null;
        }
        if (restLength > 0 && Math.max(0, open.trySend(rest, 0, restLength)) < restLength) {
            return TOO_SLOW;
        }
        int taken = Math.max(0, open.trySend(frame, 0, frame.length));
        restLength = frame.length - taken;
        System.arraycopy(frame, taken, rest, 0, restLength);
        return null;
    }

    /** From any thread. */
    void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
