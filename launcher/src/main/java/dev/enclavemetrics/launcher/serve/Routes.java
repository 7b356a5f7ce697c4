package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.launcher.page.EventListeners;
import dev.enclavemetrics.launcher.page.StatusFeed;
import dev.enclavemetrics.launcher.page.StatusPage;
import dev.enclavemetrics.launcher.render.Format;
import dev.enclavemetrics.launcher.render.JsonBody;
import dev.enclavemetrics.launcher.render.PrometheusText;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** The answer to a request, by path and method. For the event loop's thread only. */
final class Routes {

    private static final String SCHEME = "http://";

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

    /** This header disables buffering of events by an nginx proxy. */
    private static final Answer STREAM =
            Answer.stream("text/event-stream").with("X-Accel-Buffering", "no");

    private final MetricsAnswers metrics;
    private final EventListeners listeners;
    private final Answer tooManyListeners;

    /** Loaded for the first request, since most status pages are never opened. */
    private @Nullable Answer page;

    static Routes of(HttpServer.Content content, int maxConnections, Clock clock) {
        LatestSnapshot latest = content.latest();
        PrometheusText text = new PrometheusText(content.counters(), content.version());
        StatusFeed feed = StatusFeed.of(latest, content.enclave(), content.version(), clock);
        return new Routes(
                new MetricsAnswers(latest, text), new EventListeners(feed, clock, maxConnections));
    }

    private Routes(MetricsAnswers metrics, EventListeners listeners) {
        this.metrics = metrics;
        this.listeners = listeners;
        tooManyListeners =
                Answer.error(
                                HttpResponseStatus.SERVICE_UNAVAILABLE,
                                "at most "
                                        + listeners.max()
                                        + " status pages may be open, found as many; close one, or"
                                        + " use /metrics",
                                "TooManyListeners")
                        .with("Retry-After", "5");
    }

    private Answer page() {
        if (page == null) {
            StatusPage loaded = StatusPage.load();
            page =
                    Answer.ok("text/html; charset=utf-8", loaded.html())
                            .with("Content-Security-Policy", loaded.contentSecurityPolicy())
                            .with("X-Content-Type-Options", "nosniff")
                            .with("Referrer-Policy", "no-referrer");
        }
        return page;
    }

    /** The answer to a request that breaks no rule. */
    Answer answer(HttpRequest request, long nowNs) {
        Answer answer = get(request, nowNs);
        if (answer == null) {
            return NOT_FOUND;
        }
        return allowed(request.method()) ? answer : METHOD_NOT_ALLOWED;
    }

    private @Nullable Answer get(HttpRequest request, long nowNs) {
        return switch (path(request.uri())) {
            case "/" -> page();
            case "/events" -> listeners.isFull() ? tooManyListeners : STREAM;
            case "/metrics" -> metrics.metrics(format(request), nowNs);
            case "/livez" -> LIVES;
            case "/readyz" -> metrics.ready(nowNs);
            default -> null;
        };
    }

    /** Sends events on a connection from now on; the response head must be written. */
    void listen(Channel channel, long nowNs) {
        listeners.join(channel, nowNs);
    }

    private static boolean allowed(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /**
     * The path of a target: without query, and without scheme and host, which clients of a proxy
     * send.
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

    private static Format format(HttpRequest request) {
        return Format.preferred(request.headers().getAll(HttpHeaderNames.ACCEPT));
    }
}
