package dev.enclavemetrics.agent;

import dev.enclavemetrics.transport.Connection;
import java.io.IOException;

/**
 * A launcher that dialled. It gets the newest frame at each tick and never makes the agent wait; of
 * a frame that its socket took in part, the rest is kept for one interval.
 */
final class Peer {

    /** How a peer stands after a tick. */
    enum State {
        TAKING,
        CLOSED,
        SENT_BYTES,
        TOO_SLOW
    }

    private static final int REST_BYTES = 1024;

    private final Connection connection;
    private final byte[] received = new byte[1];
    private final byte[] rest = new byte[REST_BYTES];
    private int restLength;

    Peer(Connection connection) {
        this.connection = connection;
    }

    /** Whether the peer is still there and has sent nothing: nothing it sends is ever acted on. */
    State check() throws IOException {
        return switch (connection.tryReceive(received)) {
            case Connection.WOULD_BLOCK -> State.TAKING;
            case Connection.END -> State.CLOSED;
            default -> State.SENT_BYTES;
        };
    }

    /** Hands the frame over, unless the last one was not taken yet. */
    State offer(byte[] frame) throws IOException {
        State state = check();
        if (state != State.TAKING) {
            return state;
        }
        if (restLength > 0) {
            int taken = Math.max(0, connection.trySend(rest, 0, restLength));
            if (taken < restLength) {
                return State.TOO_SLOW;
            }
        }
        int taken = Math.max(0, connection.trySend(frame, 0, frame.length));
        restLength = frame.length - taken;
        System.arraycopy(frame, taken, rest, 0, restLength);
        return State.TAKING;
    }

    void close() {
        connection.close();
    }
}
