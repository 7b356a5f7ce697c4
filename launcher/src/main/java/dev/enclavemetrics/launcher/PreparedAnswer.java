package dev.enclavemetrics.launcher;

import dev.enclavemetrics.process.Clock;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * An answer that many requests get: all its bytes stand ready, and each request sends them from
 * there. For the event loop's thread only.
 */
final class PreparedAnswer {

    /** The Date header has seconds, so it is not written more often. */
    private static final long DATE_NS = 1_000_000_000;

    private final Answer answer;
    private final Clock clock;
    private @Nullable ByteBuf bytes;
    private long datedNs;

    PreparedAnswer(Answer answer, Clock clock) {
        this.answer = answer;
        this.clock = clock;
    }

    Answer answer() {
        return answer;
    }

    /** The bytes for a plain request: with body, the connection kept. The caller releases them. */
    ByteBuf bytes(long nowNs) {
        ByteBuf ready = bytes;
        if (ready == null || nowNs - datedNs >= DATE_NS) {
            release();
            ready = answer.bytes(Answer.Connection.KEPT, true, clock.instant());
            bytes = ready;
            datedNs = nowNs;
        }
        return ready.retainedDuplicate();
    }

    /** Gives up the bytes; what is still being sent lives until it is sent. */
    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
