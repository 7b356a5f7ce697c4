package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads the bodies of reviews, with limits on each and on all together, so that no client can use
 * much memory, and a slow one does not delay the others. On one event loop.
 */
final class ReviewBodies {

    /** One byte more than the limit shows that the body is too long. */
    private static final int MAX_KEPT_BYTES = AdmissionReviews.MAX_BYTES + 1;

    /**
     * A body that is too long is read up to here, but not kept, so that the answer is a review with
     * the uid: the API server shows its message to users. An update has two objects of up to 3 MB;
     * an API server sends nothing longer.
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
     * Reads the body, or the beginning of one that is too long. The caller must release it.
     *
     * @return the body; fails with a {@link RefusedException} if the client still waits for a
     *     response
     */
    Future<byte[]> read(HttpServerRequest request) {
        Body body = new Body();
        request.handler(body::take);
        request.endHandler(end -> body.end());
        request.exceptionHandler(body::fail);
        return body.whole.future();
    }

    /** Frees the body's share of the limit, once its review has been answered. */
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
                                        + "; is the client an API server?"));
            } else if (heldBytes + more > MAX_HELD_BYTES) {
                fail(
                        new RefusedException(
                                StatusReason.SERVICE_UNAVAILABLE,
                                "all waiting reviews must have at most "
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
                            "a review must arrive within "
                                    + MAX_MS
                                    + " ms, found "
                                    + readBytes
                                    + " bytes of it; an API server sends it at once"));
        }
    }
}
