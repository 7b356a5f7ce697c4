package dev.enclavemetrics.serving.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An HTTP response. */
public record Answer(int code, String contentType, Buffer body, Map<String, String> headers) {

    public static final String JSON = "application/json";

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final String RETRY_SECONDS = "5";

    /** Tells an HTTP/2 client to stop sending: the response is complete (RFC 9113, 8.1). */
    private static final long NO_ERROR = 0;

    private static final int MAX_MESSAGE_CHARS = 2048;

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer json(Buffer body) {
        return new Answer(OK, JSON, body, Map.of());
    }

    public static Answer text(int code, String body) {
        return new Answer(
                code, TEXT, Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    public static Answer notModified(String contentType) {
        return new Answer(NOT_MODIFIED, contentType, Buffer.buffer(), Map.of());
    }

    /** A Status object, which every Kubernetes client understands. */
    public static Answer refusal(StatusReason reason, String message) {
        String shortened = message.substring(0, Math.min(message.length(), MAX_MESSAGE_CHARS));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("kind", "Status").put("apiVersion", "v1");
        body.putObject("metadata");
        body.put("status", "Failure").put("message", shortened);
        body.put("reason", reason.text()).put("code", reason.code());
        Answer answer =
                new Answer(
                        reason.code(),
                        JSON,
                        Buffer.buffer(body.toString().getBytes(StandardCharsets.UTF_8)),
                        Map.of());
        return switch (reason) {
            case UNAUTHORIZED -> answer.with("WWW-Authenticate", "Bearer");
            default -> reason.isTemporary() ? answer.with("Retry-After", RETRY_SECONDS) : answer;
        };
    }

    /**
     * Sends the response. The unread rest of the request would stay in memory until the client ends
     * it, so the request is reset.
     */
    public Future<Void> writeTo(HttpServerRequest request) {
        return send(request).onSuccess(sent -> endRequest(request));
    }

    private static void endRequest(HttpServerRequest request) {
        Context loop = Vertx.currentContext();
        if (loop == null || request.version() != HttpVersion.HTTP_2) {
            return; // an HTTP/1.1 connection has one request, whose rest is skipped
        }
        loop.runOnContext( // by then the end of a request that is complete has been read
                later -> {
                    if (!request.isEnded()) {
                        var unused = request.response().reset(NO_ERROR);
                    }
                });
    }

    private Future<Void> send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture(); // the client has disconnected
        }
        response.exceptionHandler(gone -> {});
        response.setStatusCode(code);
        response.putHeader(HttpHeaderNames.CACHE_CONTROL, "no-cache, private");
        headers.forEach(response::putHeader);
        if (code == NOT_MODIFIED) {
            return response.end();
        }
        response.putHeader(HttpHeaderNames.CONTENT_TYPE, contentType);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(body.length()));
            return response.end();
        }
        return response.end(body);
    }

    /** A copy with one more header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(code, contentType, body, more);
    }
}
