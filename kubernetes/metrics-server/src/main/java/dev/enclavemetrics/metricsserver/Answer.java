package dev.enclavemetrics.metricsserver;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer. */
record Answer(int code, String contentType, Buffer body, Map<String, String> headers) {

    static final String JSON = "application/json";

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final String RETRY_SECONDS = "5";
    private static final int MOST_MESSAGE_CHARS = 2048;

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(Buffer body) {
        return new Answer(OK, JSON, body, Map.of());
    }

    static Answer text(int code, String body) {
        return new Answer(
                code, TEXT, Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    static Answer notModified(String contentType) {
        return new Answer(NOT_MODIFIED, contentType, Buffer.buffer(), Map.of());
    }

    /** A Status object, as every Kubernetes client knows to read. */
    static Answer refusal(StatusReason reason, String words) {
        String message = words.substring(0, Math.min(words.length(), MOST_MESSAGE_CHARS));
        Buffer body =
                Json.write(
                        false,
                        json -> {
                            json.writeStartObject();
                            json.writeStringProperty("kind", "Status");
                            json.writeStringProperty("apiVersion", "v1");
                            json.writeObjectPropertyStart("metadata");
                            json.writeEndObject();
                            json.writeStringProperty("status", "Failure");
                            json.writeStringProperty("message", message);
                            json.writeStringProperty("reason", reason.word());
                            json.writeNumberProperty("code", reason.code());
                            json.writeEndObject();
                        });
        Answer answer = new Answer(reason.code(), JSON, body, Map.of());
        return switch (reason) {
            case METHOD_NOT_ALLOWED -> answer.with("Allow", "GET, HEAD");
            case UNAUTHORIZED -> answer.with("WWW-Authenticate", "Bearer");
            default -> reason.passes() ? answer.with("Retry-After", RETRY_SECONDS) : answer;
        };
    }

    /** The same with one more header. */
    Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(code, contentType, body, more);
    }
}
