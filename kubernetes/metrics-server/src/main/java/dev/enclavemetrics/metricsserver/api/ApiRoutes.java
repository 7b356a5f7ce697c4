package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.fallback.FallbackProxy;
import dev.enclavemetrics.metricsserver.query.ObjectQueries;
import dev.enclavemetrics.metricsserver.query.PodQueries;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.http.OwnMetrics;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Routes an authorized request to its answer. */
final class ApiRoutes {

    /** Of this server and the fallback. */
    private final Discovery discovery;

    /** Without the fallback's. */
    private final Discovery ownDiscovery;

    private final PodQueries pods;
    private final ObjectQueries objects;
    private final @Nullable FallbackProxy fallback;
    private final OwnMetrics own;

    ApiRoutes(
            Discovery discovery,
            Discovery ownDiscovery,
            PodQueries pods,
            ObjectQueries objects,
            @Nullable FallbackProxy fallback,
            OwnMetrics own) {
        this.discovery = discovery;
        this.ownDiscovery = ownDiscovery;
        this.pods = pods;
        this.objects = objects;
        this.fallback = fallback;
        this.own = own;
    }

    /**
     * The answer to a request.
     *
     * @param client the client's key for fair sharing
     * @throws RefusedException if there is none
     */
    CompletableFuture<Answer> answer(
            RequestKind kind,
            ApiTarget target,
            @Nullable MetricPath metric,
            HttpServerRequest request,
            String client) {
        if (kind == RequestKind.OWN_METRICS) {
            return now(own.answer(request.getHeader("Accept")));
        }
        AcceptedTypes accepted = new AcceptedTypes(request.getHeader("Accept"));
        if (metric == null) {
            return now(document(target, accepted, request));
        }
        if (!accepted.json()) {
            throw notAcceptable();
        }
        if (target.flag("watch")) {
            throw new RefusedException(
                    StatusReason.METHOD_NOT_ALLOWED, "metrics can be read, not watched");
        }
        return switch (kind) {
            case POD -> now(pods.one(metric, target));
            case PODS -> now(pods.all(metric, target));
            case STATUS -> now(pods.statuses(metric, target));
            case OBJECT -> objects.answer(metric, target, client);
            case OTHER_METRIC -> other(metric, target, request);
            default -> throw metric.notFound();
        };
    }

    private CompletableFuture<Answer> other(
            MetricPath metric, ApiTarget target, HttpServerRequest request) {
        if (fallback == null) {
            throw metric.notFound();
        }
        return fallback.answer(metric, target, FallbackProxy.isForwarded(request));
    }

    private Answer document(ApiTarget target, AcceptedTypes accepted, HttpServerRequest request) {
        Discovery known = FallbackProxy.isForwarded(request) ? ownDiscovery : discovery;
        Answer document = known.answer(target, accepted, request.getHeader("If-None-Match"));
        if (document == null) {
            throw new RefusedException(
                    StatusReason.NOT_FOUND, "the server could not find the requested resource");
        }
        if (document.contentType().equals(Answer.JSON) && !accepted.json()) {
            throw notAcceptable();
        }
        return document;
    }

    private static RefusedException notAcceptable() {
        return new RefusedException(
                StatusReason.NOT_ACCEPTABLE,
                "only the following media types are accepted: " + Answer.JSON);
    }

    private static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
