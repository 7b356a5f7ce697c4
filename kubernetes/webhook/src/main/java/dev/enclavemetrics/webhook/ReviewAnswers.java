package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.serving.Answer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Has reviews answered: usual ones at once, on the event loop; long ones on another thread, one
 * after the other, so that they neither hold up the others nor take memory side by side.
 */
final class ReviewAnswers {

    /** A labelled object has a few kB, and is answered within a millisecond. */
    private static final int MAX_BYTES_AT_ONCE = 64 << 10;

    private final Context loop;
    private final AdmissionReviews reviews;
    private final WebhookMetrics metrics;
    private final Clock clock;

    ReviewAnswers(Context loop, AdmissionReviews reviews, WebhookMetrics metrics, Clock clock) {
        this.loop = loop;
        this.reviews = reviews;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The answer, which there always is. */
    Future<Answer> answer(byte[] body) {
        long startNs = clock.nanoTime();
        return body.length <= MAX_BYTES_AT_ONCE
                ? Future.succeededFuture(answer(body, startNs))
                : loop.executeBlocking(() -> answer(body, startNs));
    }

    private Answer answer(byte[] body, long startNs) {
        Reviewed review = reviews.answer(body);
        Buffer bytes = Buffer.buffer(review.answer());
        metrics.answered(review, clock.nanoTime() - startNs);
        return Answer.json(bytes);
    }
}
