package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.serving.http.Answer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Answers short reviews at once, on the event loop, and long ones on another thread, one after the
 * other: they neither delay the short ones nor take memory side by side.
 */
final class ReviewExecutor {

    /** A labelled object has a few kB, and is answered within a millisecond. */
    private static final int MAX_BYTES_ON_LOOP = 64 << 10;

    private final Context loop;
    private final AdmissionReviews reviews;
    private final WebhookMetrics metrics;
    private final Clock clock;

    ReviewExecutor(Context loop, AdmissionReviews reviews, WebhookMetrics metrics, Clock clock) {
        this.loop = loop;
        this.reviews = reviews;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The answer. It never fails. */
    Future<Answer> answer(byte[] body) {
        long startNs = clock.nanoTime();
        return body.length <= MAX_BYTES_ON_LOOP
                ? Future.succeededFuture(answer(body, startNs))
                : loop.executeBlocking(() -> answer(body, startNs));
    }

    private Answer answer(byte[] body, long startNs) {
        AnsweredReview review = reviews.answer(body);
        Buffer bytes = Buffer.buffer(review.json());
        metrics.answered(review, clock.nanoTime() - startNs);
        return Answer.json(bytes);
    }
}
