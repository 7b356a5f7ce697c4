package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.launcher.serve.Answer.Connection;
import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.Map;

/**
 * An answer that many requests get: its bytes are written once a second at most, and each request
 * sends the same ones. So answers take no memory of their own, however many wait for clients that
 * do not read. For the event loop's thread only.
 */
final class PreparedAnswer {

    /** The Date header has seconds, so it is not written more often. */
    private static final long DATE_NS = 1_000_000_000;

    private final Answer answer;
    private final Clock clock;

    private final Map<Connection, ByteBuf> heads = new EnumMap<>(Connection.class);
    private final Map<Connection, ByteBuf> wholes = new EnumMap<>(Connection.class);
    private long datedNs;

    PreparedAnswer(Answer answer, Clock clock) {
        this.answer = answer;
        this.clock = clock;
        datedNs = clock.nanoTime();
    }

    Answer answer() {
        return answer;
    }

    /** All bytes, which the caller releases. */
    ByteBuf bytes(Connection connection, boolean withBody, long nowNs) {
        if (nowNs - datedNs >= DATE_NS) {
            release();
            datedNs = nowNs;
        }
        Map<Connection, ByteBuf> forms = withBody ? wholes : heads;
        ByteBuf ready = forms.get(connection);
        if (ready == null) {
            ready = answer.bytes(connection, withBody, clock.instant());
            forms.put(connection, ready);
        }
        return ready.retainedDuplicate();
    }

    /** Gives up the bytes; what is still being sent lives until it is sent. */
    void release() {
        heads.values().forEach(ByteBuf::release);
        heads.clear();
        wholes.values().forEach(ByteBuf::release);
        wholes.clear();
    }
}
