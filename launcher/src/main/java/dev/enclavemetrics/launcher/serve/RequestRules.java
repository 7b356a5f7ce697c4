package dev.enclavemetrics.launcher.serve;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a request; one that breaks a rule ends its connection. No refusal quotes what the
 * client sent.
 */
final class RequestRules {

    static final int MAX_LINE_BYTES = 4096;
    static final int MAX_HEADER_BYTES = 8192;
    static final int MAX_HEADERS = 64;

    /** No request needs a body; a short one is skipped, and its connection stays open. */
    static final int MAX_BODY_BYTES = 8192;

    /**
     * A name, an IPv4 or a bracketed IPv6 address, with or without a port (RFC 3986, 3.2). Groups
     * that capture would take 0.3 KB per request; a repeated group that is not possessive would
     * overflow the stack for a long value.
     */
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:\\[[0-9A-Fa-f:.]+(?:%25[\\w.~-]+)?]"
                            + "|(?:[\\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*+)"
                            + "(?::\\d{0,5})?");

    static final Answer BAD_BODY = badRequest("the body must match its headers");

    static final Answer TOO_LARGE_BODY =
            refused(
                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    "a body must be at most " + MAX_BODY_BYTES + " bytes; none is needed");

    private static final Answer BAD_LINE =
            badRequest(
                    "the request line must be METHOD TARGET HTTP/1.1 (or HTTP/1.0), found"
                            + " something else");

    private static final Answer BAD_TARGET =
            badRequest(
                    "the target must be visible ASCII characters, found others;"
                            + " percent-encode them");

    private static final Answer BAD_HEADER =
            badRequest(
                    "each header must be NAME: VALUE without control characters, with one length"
                            + " of the body at most (Content-Length or Transfer-Encoding), found"
                            + " something else");

    private static final Answer BAD_HOST =
            badRequest(
                    "a request must have one Host header, a name or an IP address with or"
                            + " without a port, found none, several or something else");

    private static final Answer BAD_VERSION =
            refused(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                    "the version must be HTTP/1.1 or HTTP/1.0, found another");

    private static final Answer BAD_ENCODING =
            refused(
                    HttpResponseStatus.NOT_IMPLEMENTED,
                    "the only transfer coding is chunked, found another");

    private static final Answer BAD_EXPECTATION =
            refused(
                    HttpResponseStatus.EXPECTATION_FAILED,
                    "the only expectation is 100-continue, found another");

    private static final Answer TOO_LARGE_HEADERS =
            refused(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "headers must be at most "
                            + MAX_HEADERS
                            + ", and "
                            + MAX_HEADER_BYTES
                            + " bytes together");

    private static final Answer TOO_LONG_LINE =
            refused(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG,
                    "the request line must be at most " + MAX_LINE_BYTES + " bytes");

    /** The decoder's target for a request line that it cannot parse. */
    private static final String NO_TARGET = "/bad-request";

    private RequestRules() {}

    /** The answer to a request that breaks a rule, or null. */
    static @Nullable Answer refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request);
        }
        HttpVersion version = request.protocolVersion();
        if (version.majorVersion() != 1) {
            return BAD_VERSION;
        }
        if (!isVisibleAscii(request.uri())) {
            return BAD_TARGET;
        }
        HttpHeaders headers = request.headers();
        boolean http10 = version.minorVersion() == 0;
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty() ? !http10 : hosts.size() > 1 || !isHost(hosts.get(0))) {
            return BAD_HOST; // RFC 9112, 3.2
        }
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!encodings.isEmpty()
                && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.get(0))) {
            return BAD_ENCODING; // RFC 9112, 6.1; the decoder refuses several, and HTTP/1.0
        }
        if (HttpUtil.getContentLength(request, 0L) > MAX_BODY_BYTES) {
            return TOO_LARGE_BODY;
        }
        if (headers.contains(HttpHeaderNames.EXPECT)
                && !http10
                && !HttpUtil.is100ContinueExpected(request)) {
            return BAD_EXPECTATION;
        }
        return null;
    }

    private static boolean isVisibleAscii(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** An empty value is allowed: a target may have no authority. */
    private static boolean isHost(String value) {
        return HOST.matcher(value).matches();
    }

    private static Answer badRequest(String message) {
        return refused(HttpResponseStatus.BAD_REQUEST, message);
    }

    private static Answer refused(HttpResponseStatus status, String message) {
        return Answer.error(status, message, "BadRequest");
    }

    private static Answer undecodable(HttpRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpHeaderException) {
            return TOO_LARGE_HEADERS;
        }
        if (cause instanceof TooLongHttpLineException) {
            return TOO_LONG_LINE;
        }
        return request.uri().equals(NO_TARGET) ? BAD_LINE : BAD_HEADER;
    }
}
