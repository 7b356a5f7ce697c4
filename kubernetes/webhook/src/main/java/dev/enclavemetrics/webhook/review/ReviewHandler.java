package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Routes a request to a page or to the reviews. On one event loop. */
final class ReviewHandler implements Handler<HttpServerRequest> {

    /** All paths are equivalent: the review has its own type. */
    private static final Set<String> PATHS = Set.of("/mutate/hpas", "/mutate/pods");

    private final ReviewBodies bodies;
    private final ReviewExecutor answers;
    private final ProbesAndMetrics pages;
    private final WebhookMetrics metrics;

    ReviewHandler(
            ReviewBodies bodies,
            ReviewExecutor answers,
            ProbesAndMetrics pages,
            WebhookMetrics metrics) {
        this.bodies = bodies;
        this.answers = answers;
        this.pages = pages;
        this.metrics = metrics;
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.exceptionHandler(gone -> {}); // the client has disconnected
        String path = String.valueOf(request.path());
        if (PATHS.contains(path)) {
            review(request);
            return;
        }
        Answer page = pages.page(path, request.getHeader(HttpHeaderNames.ACCEPT));
        if (page == null) {
            refuse(
                    request,
                    StatusReason.NOT_FOUND,
                    "the paths are /mutate/hpas, /mutate/pods, /livez, /readyz and /metrics, found "
                            + Log.shortened(path, 100));
        } else if (!request.method().equals(HttpMethod.GET)
                && !request.method().equals(HttpMethod.HEAD)) {
            refuse(request, "GET, HEAD");
        } else {
            page.writeTo(request);
        }
    }

    private void review(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            refuse(request, "POST");
            return;
        }
        String type =
                Objects.requireNonNullElse(
                        request.getHeader(HttpHeaderNames.CONTENT_TYPE), "no type");
        if (!isJson(type)) {
            refuse(
                    request,
                    StatusReason.UNSUPPORTED_MEDIA_TYPE,
                    "the content type must be "
                            + Answer.JSON
                            + ", found "
                            + Log.shortened(type, 100));
            return;
        }
        bodies.read(request)
                .onSuccess(
                        body ->
                                answers.answer(body)
                                        .onComplete(
                                                answer -> {
                                                    bodies.release(body);
                                                    answer.result().writeTo(request);
                                                }))
                .onFailure(failure -> refuse(request, failure));
    }

    /** The rest of the body is not read, so an HTTP/1.1 connection cannot be used again. */
    private void refuse(HttpServerRequest request, Throwable failure) {
        if (!(failure instanceof RefusedException refused)) {
            return; // the client has disconnected
        }
        metrics.refused(refused.reason().code());
        var sent = Answer.refusal(refused.reason(), refused.message()).writeTo(request);
        if (request.version() != HttpVersion.HTTP_2) {
            sent.onComplete(done -> request.connection().close());
        }
    }

    private static boolean isJson(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(Answer.JSON);
    }

    private void refuse(HttpServerRequest request, String methods) {
        Answer refusal =
                Answer.refusal(
                        StatusReason.METHOD_NOT_ALLOWED,
                        "the methods are " + methods + ", found " + request.method());
        refuse(request, refusal.with("Allow", methods));
    }

    private void refuse(HttpServerRequest request, StatusReason reason, String message) {
        refuse(request, Answer.refusal(reason, message));
    }

    private void refuse(HttpServerRequest request, Answer refusal) {
        metrics.refused(refusal.code());
        refusal.writeTo(request);
    }
}
