package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.launcher.page.EventListeners;
import dev.enclavemetrics.launcher.page.StatusPage;
import dev.enclavemetrics.launcher.render.Format;
import dev.enclavemetrics.launcher.render.JsonBody;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final Answer NOT_FOUND =
            Answer.error(
                    HttpResponseStatus.NOT_FOUND,
                    "the paths are /, /events, /metrics, /livez and /readyz",
                    "NotFound");

    private static final Answer METHOD_NOT_ALLOWED =
            Answer.error(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            "the methods are GET and HEAD",
                            "MethodNotAllowed")
                    .with("Allow", "GET, HEAD");

    private static final Answer LIVES =
            Answer.ok(Format.JSON.contentType(), JsonBody.passed("live"));

    /** nginx would otherwise keep events back. */
    private static final Answer STREAM =
            Answer.stream("text/event-stream").with("X-Accel-Buffering", "no");

    private final MetricsAnswers metrics;
    private final PreparedAnswer page;
    private final EventListeners listeners;
    private final Answer tooManyListeners;
    private final Clock clock;
    private final Map<Answer, PreparedAnswer> prepared = new HashMap<>();

    /** The last request that broke no rule: a client sends the same each time. */
    private @Nullable HttpRequest lastProper;

    /** The last Accept header and its format: a client sends the same each time. */
    private String lastAccept = "*/*";

    private Format lastFormat = Format.JSON;

    Routes(MetricsAnswers metrics, StatusPage page, EventListeners listeners, Clock clock) {
        this.metrics = metrics;
        this.page = new PreparedAnswer(answer(page), clock);
        this.listeners = listeners;
        this.clock = clock;
        tooManyListeners =
                Answer.error(
                                HttpResponseStatus.SERVICE_UNAVAILABLE,
                                "at most "
                                        + listeners.most()
                                        + " status pages may be open, found as many; close one of"
                                        + " them, or ask /metrics",
                                "TooManyListeners")
                        .with("Retry-After", "5");
    }

    private static Answer answer(StatusPage page) {
        return Answer.shared("text/html; charset=utf-8", page.html())
                .with("Content-Security-Policy", page.contentSecurityPolicy())
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer");
    }

    /** The answer to a request that breaks a rule, or null. */
    @SuppressWarnings("ReferenceEquality") // the same bytes give the same request
    @Nullable Answer refusal(HttpRequest request) {
        if (request == lastProper) {
            return null;
        }
        Answer refusal = RequestRules.refusal(request);
        if (refusal == null) {
            lastProper = request;
        }
        return refusal;
    }

    PreparedAnswer answer(HttpRequest request, long nowNs) {
        String path = path(request.uri());
        if (!PATHS.contains(path)) {
            return prepared(NOT_FOUND);
        }
        if (!allowed(request.method())) {
            return prepared(METHOD_NOT_ALLOWED);
        }
        return switch (path) {
            case LIVE -> prepared(LIVES);
            case READY -> metrics.ready(nowNs);
            case EVENTS -> prepared(listeners.isFull() ? tooManyListeners : STREAM);
            case PAGE -> page;
            default -> metrics.metrics(format(request), nowNs);
        };
    }

    /** The prepared form of an answer that is a constant. */
    PreparedAnswer prepared(Answer constant) {
        return prepared.computeIfAbsent(constant, answer -> new PreparedAnswer(answer, clock));
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
            lastFormat = Format.preferred(accept);
            lastAccept = header;
        }
        return lastFormat;
    }
}
