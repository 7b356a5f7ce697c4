package dev.enclavemetrics.webhook;

import dev.enclavemetrics.serving.RefusedException;
import dev.enclavemetrics.serving.StatusReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads the bodies of reviews, bounded each and together: whatever clients send, memory stays where
 * it is, and who sends slowly holds up nobody. On one event loop.
 */
final class ReviewBodies {

    /** So much of a body, that it is known to be too long. */
    private static final int MAX_KEPT_BYTES = AdmissionReviews.MAX_BYTES + 1;

    /**
     * Up to here a body that is too long is read, but not kept: its sender gets a refusal in words
     * with the review's uid, which the API server shows to people. An update has two objects of up
     * to 3 MB; nothing that the API server sends is longer.
     */
    private static final long MAX_READ_BYTES = 8 << 20;

    private static final long MAX_HELD_BYTES = 16 << 20;
    private static final long MAX_MS = 10_000;

    private final Vertx vertx;
    private long heldBytes;

    ReviewBodies(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * The body, or its beginning if that is too long already; it is to be released.
     *
     * @return or a failure, which is a {@link RefusedException} if somebody waits for an answer
     */
    Future<byte[]> read(HttpServerRequest request) {
        Body body = new Body();
        request.handler(body::take);
        request.endHandler(end -> body.end());
        request.exceptionHandler(body::fail);
        return body.whole.future();
    }

    /** Its review has been answered. */
    void release(byte[] body) {
        heldBytes -= body.length;
    }

    private final class Body {
        private final Promise<byte[]> whole = Promise.promise();
        private final Buffer kept = Buffer.buffer();
        private final long timer = vertx.setTimer(MAX_MS, late -> tooSlow());
        private long readBytes;
        private boolean over;

        void take(Buffer part) {
            if (over) {
                return;
            }
            readBytes += part.length();
            int more = Math.min(part.length(), MAX_KEPT_BYTES - kept.length());
            if (readBytes > MAX_READ_BYTES) {
                fail(
                        new RefusedException(
                                StatusReason.TOO_LARGE,
                                "a review must have at most "
                                        + AdmissionReviews.MAX_BYTES
                                        + " bytes, found more than "
                                        + MAX_READ_BYTES
                                        + "; is it the API server that calls?"));
            } else if (heldBytes + more > MAX_HELD_BYTES) {
                fail(
                        new RefusedException(
                                StatusReason.SERVICE_UNAVAILABLE,
                                "the reviews that wait must have at most "
                                        + MAX_HELD_BYTES
                                        + " bytes together; try again, or run more replicas"));
            } else {
                heldBytes += more;
                kept.appendBuffer(part, 0, more);
            }
        }

        void end() {
            if (!over) {
                over = true;
                vertx.cancelTimer(timer);
                whole.complete(kept.getBytes());
            }
        }

        void fail(Throwable failure) {
            if (!over) {
                over = true;
                vertx.cancelTimer(timer);
                heldBytes -= kept.length();
                whole.fail(failure);
            }
        }

        private void tooSlow() {
            fail(
                    new RefusedException(
                            StatusReason.REQUEST_TIMEOUT,
                            "a review must come within "
                                    + MAX_MS
                                    + " ms, found "
                                    + readBytes
                                    + " bytes of it; the API server sends it at once"));
        }
    }
}
