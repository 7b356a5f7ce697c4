package dev.enclavemetrics.launcher;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** What a request must be to be looked at; one that is not ends its connection. */
final class RequestRules {

    static final int MAX_LINE_BYTES = 4096;
    static final int MAX_HEADER_BYTES = 8192;
    static final int MAX_HEADERS = 64;

    /** No request needs a body; a short one is skipped, so that its connection lives on. */
    static final int MAX_BODY_BYTES = 8192;

    private RequestRules() {}

    /** The answer to a request that breaks a rule, or null. */
    static @Nullable Answer refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (version.majorVersion() != 1) {
            return Answer.error(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                    "the version must be HTTP/1.1 or HTTP/1.0, found " + version,
                    "BadRequest");
        }
        HttpHeaders headers = request.headers();
        if (version.minorVersion() >= 1 && headers.getAll(HttpHeaderNames.HOST).size() != 1) {
            return badRequest("a request must have one Host header"); // RFC 9112, 3.2
        }
        if (HttpUtil.getContentLength(request, 0L) > MAX_BODY_BYTES) {
            return tooLargeBody();
        }
        if (headers.contains(HttpHeaderNames.EXPECT)
                && version.minorVersion() >= 1
                && !HttpUtil.is100ContinueExpected(request)) {
            return Answer.error(
                    HttpResponseStatus.EXPECTATION_FAILED,
                    "the only expectation is 100-continue",
                    "BadRequest");
        }
        return null;
    }

    static Answer tooLargeBody() {
        return Answer.error(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "a body must be at most " + MAX_BODY_BYTES + " bytes; none is needed",
                "BadRequest");
    }

    static Answer badRequest(String message) {
        return Answer.error(HttpResponseStatus.BAD_REQUEST, message, "BadRequest");
    }

    private static Answer undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return Answer.error(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "headers must be at most "
                            + MAX_HEADERS
                            + ", and "
                            + MAX_HEADER_BYTES
                            + " bytes together",
                    "BadRequest");
        }
        if (cause instanceof TooLongHttpLineException) {
            return Answer.error(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG,
                    "the request line must be at most " + MAX_LINE_BYTES + " bytes",
                    "BadRequest");
        }
        return badRequest("the request must be HTTP/1.1 or HTTP/1.0, found something else");
    }
}
