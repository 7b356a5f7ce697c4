package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import dev.enclavemetrics.metricsserver.auth.AccessControl;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Handles a request: authenticates, authorizes, routes and answers it. Runs on the event loop of
 * the API; asynchronous steps continue there.
 */
final class ApiHandler implements Handler<HttpServerRequest> {

    /** No request needs a body; a short one is ignored. */
    private static final int MAX_BODY_BYTES = 8 * 1024;

    private final AccessControl access;
    private final Probes probes;
    private final ApiRoutes routes;
    private final ApiMetrics metrics;
    private final Clock clock;

    /** Never reported as recovered, since other requests may succeed. */
    private final ProblemLog unexpected;

    ApiHandler(
            AccessControl access,
            Probes probes,
            ApiRoutes routes,
            ApiMetrics metrics,
            Clock clock,
            Log log) {
        this.access = access;
        this.probes = probes;
        this.routes = routes;
        this.metrics = metrics;
        this.clock = clock;
        unexpected = ProblemLog.errors(log);
    }

    @Override
    public void handle(HttpServerRequest request) {
        long startNs = clock.nanoTime();
        if (!limitBody(request)) {
            return;
        }
        RequestKind kind = RequestKind.OTHER;
        CompletableFuture<Answer> answer;
        try {
            ApiTarget target = ApiTarget.parse(request.uri());
            MetricPath metric = MetricPath.of(target.segments());
            kind = RequestKind.of(target, metric);
            answer = answer(kind, target, metric, request);
        } catch (RuntimeException | Error e) { // a refusal, or a bug
            answer = CompletableFuture.failedFuture(e);
        }
        RequestKind counted = kind;
        CompletableFuture<Void> unused =
                answer.exceptionally(this::refusal)
                        .thenAccept(
                                ready -> {
                                    metrics.answered(
                                            counted, ready.code(), clock.nanoTime() - startNs);
                                    ready.writeTo(request);
                                });
    }

    private CompletableFuture<Answer> answer(
            RequestKind kind,
            ApiTarget target,
            @Nullable MetricPath metric,
            HttpServerRequest request) {
        if (kind == RequestKind.HEALTH) {
            AccessControl.requireGet(request);
            return CompletableFuture.completedFuture(probes.answer(target.path()));
        }
        return access.admit(request, target, metric)
                .thenCompose(client -> routes.answer(kind, target, metric, request, client));
    }

    private Answer refusal(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RefusedException refused) {
            Answer refusal = Answer.refusal(refused.reason(), refused.message());
            return refused.reason() == StatusReason.METHOD_NOT_ALLOWED
                    ? refusal.with("Allow", "GET, HEAD")
                    : refusal;
        }
        unexpected.failed("unexpected error while handling a request: " + cause);
        return Answer.refusal(
                StatusReason.INTERNAL_ERROR, "the metrics server failed; see its log");
    }

    /** Bounds the body; false if the request was refused for its length. */
    private boolean limitBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && (length.length() > 9 || Long.parseLong(length) > MAX_BODY_BYTES)) {
            tooLarge(request);
            return false;
        }
        long[] bytes = {0};
        request.exceptionHandler(gone -> {}); // the client disconnected
        request.handler(
                body -> {
                    bytes[0] += body.length();
                    if (bytes[0] > MAX_BODY_BYTES) {
                        request.connection().close();
                    }
                });
        return true;
    }

    private static void tooLarge(HttpServerRequest request) {
        Answer refusal =
                Answer.refusal(
                        StatusReason.TOO_LARGE,
                        "a body must have at most " + MAX_BODY_BYTES + " bytes; none is needed");
        refusal.writeTo(request).onComplete(sent -> request.connection().close());
    }
}
