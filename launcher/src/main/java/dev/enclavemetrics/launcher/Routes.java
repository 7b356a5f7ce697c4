package dev.enclavemetrics.launcher;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the answer to a request by its method and path. For the event loop's thread only. */
final class Routes {

    private static final String PAGE = "/";
    private static final String EVENTS = "/events";
    static final String METRICS = "/metrics";
    private static final String LIVE = "/livez";
    private static final String READY = "/readyz";

    private static final String SCHEME = "http://";

    private static final Set<String> PATHS = Set.of(PAGE, EVENTS, METRICS, LIVE, READY);

    private final MetricsAnswers metrics;
    private final PreparedAnswer page;
    private final EventListeners listeners;

    /** The last Accept header and its format: a client sends the same each time. */
    private String lastAccept = "*/*";

    private Format lastFormat = Format.JSON;

    Routes(MetricsAnswers metrics, PreparedAnswer page, EventListeners listeners) {
        this.metrics = metrics;
        this.page = page;
        this.listeners = listeners;
    }

    /** The answer that stands ready, or null if this request has none. */
    @Nullable PreparedAnswer prepared(HttpRequest request, long nowNs) {
        if (!allowed(request.method())) {
            return null;
        }
        return switch (path(request.uri())) {
            case METRICS -> metrics.metrics(format(request), nowNs);
            case PAGE -> page;
            default -> null;
        };
    }

    Answer answer(HttpRequest request, long nowNs) {
        String path = path(request.uri());
        if (!PATHS.contains(path)) {
            return Answer.error(
                    HttpResponseStatus.NOT_FOUND,
                    "the paths are /, /events, /metrics, /livez and /readyz",
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
            case EVENTS -> events();
            case PAGE -> page.answer();
            default -> metrics.metrics(format(request), nowNs).answer();
        };
    }

    private Answer events() {
        if (listeners.isFull()) {
            return Answer.error(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "at most "
                                    + listeners.most()
                                    + " status pages may be open, found as many; close one of"
                                    + " them, or ask /metrics",
                            "TooManyListeners")
                    .with("Retry-After", "5");
        }
        // nginx would else keep events back.
        return Answer.stream("text/event-stream").with("X-Accel-Buffering", "no");
    }

    /** Gives a connection the events from now on, once the head of their answer is written. */
    void listen(Channel channel, long nowNs) {
        listeners.join(channel, nowNs);
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
