package dev.enclavemetrics.launcher;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the answer to a request by its method and path. For the event loop's thread only. */
final class Routes {

    static final String METRICS = "/metrics";
    private static final String LIVE = "/livez";
    private static final String READY = "/readyz";

    private static final String SCHEME = "http://";

    private final MetricsAnswers metrics;

    /** The last Accept header and its format: a client sends the same each time. */
    private String lastAccept = "*/*";

    private Format lastFormat = Format.JSON;

    Routes(MetricsAnswers metrics) {
        this.metrics = metrics;
    }

    /** The answer that stands ready, or null if this request has none. */
    @Nullable PreparedAnswer prepared(HttpRequest request, long nowNs) {
        if (path(request.uri()).equals(METRICS) && allowed(request.method())) {
            return metrics.metrics(format(request), nowNs);
        }
        return null;
    }

    Answer answer(HttpRequest request, long nowNs) {
        String path = path(request.uri());
        if (!path.equals(METRICS) && !path.equals(LIVE) && !path.equals(READY)) {
            return Answer.error(
                    HttpResponseStatus.NOT_FOUND,
                    "the paths are " + METRICS + ", " + LIVE + " and " + READY,
                    "NotFound");
        }
        if (!allowed(request.method())) {
            return Answer.error(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            "the methods are GET and HEAD",
                            "MethodNotAllowed")
                    .with("Allow", "GET, HEAD");
        }
        return switch (path) {
            case LIVE -> Answer.ok(Format.JSON.contentType(), JsonBody.passed("live"));
            case READY -> metrics.ready(nowNs);
            default -> metrics.metrics(format(request), nowNs).answer();
        };
    }

    private static boolean allowed(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /**
     * The target without its query, and without scheme and host where a proxy's client sends them.
     */
    static String path(String target) {
        int start = 0;
        if (target.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            start = target.indexOf('/', SCHEME.length());
            if (start < 0) {
                return "/";
            }
        }
        int query = target.indexOf('?', start);
        return target.substring(start, query < 0 ? target.length() : query);
    }

    private Format format(HttpRequest request) {
        List<String> accept = request.headers().getAll(HttpHeaderNames.ACCEPT);
        if (accept.isEmpty()) {
            return Format.JSON;
        }
        String header = accept.size() == 1 ? accept.get(0) : String.join(",", accept);
        if (!header.equals(lastAccept)) {
            lastFormat = AcceptHeader.choose(accept);
            lastAccept = header;
        }
        return lastFormat;
    }
}
