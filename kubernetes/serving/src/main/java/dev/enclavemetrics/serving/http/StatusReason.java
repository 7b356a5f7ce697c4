package dev.enclavemetrics.serving.http;

/** Why a request is refused: the HTTP code, and the reason of a Kubernetes Status. */
public enum StatusReason {
    BAD_REQUEST(400, "BadRequest"),
    UNAUTHORIZED(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "NotFound"),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed"),
    NOT_ACCEPTABLE(406, "NotAcceptable"),
    REQUEST_TIMEOUT(408, "Timeout"),
    TOO_LARGE(413, "RequestEntityTooLarge"),
    URI_TOO_LONG(414, "BadRequest"),
    UNSUPPORTED_MEDIA_TYPE(415, "UnsupportedMediaType"),
    INVALID(422, "Invalid"),
    TOO_MANY_REQUESTS(429, "TooManyRequests"),
    HEADERS_TOO_LARGE(431, "BadRequest"),
    INTERNAL_ERROR(500, "InternalError"),
    SERVICE_UNAVAILABLE(503, "ServiceUnavailable"),
    TIMEOUT(504, "Timeout"),
    LOOP_DETECTED(508, "LoopDetected");

    private final int code;
    private final String text;

    StatusReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /** The reason as a Status has it, such as NotFound. */
    public String text() {
        return text;
    }

    /** Whether the same request may succeed soon. */
    public boolean isTemporary() {
        return this == TOO_MANY_REQUESTS || this == SERVICE_UNAVAILABLE;
    }
}
