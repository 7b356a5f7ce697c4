package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.serving.Answer;
import dev.enclavemetrics.serving.OwnMetrics;
import dev.enclavemetrics.serving.StatusReason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds the answer to a request whose sender may have it. */
final class ApiRoutes {

    private final Discovery discovery;

    /** Without what the other metrics server has. */
    private final Discovery ownDiscovery = new Discovery();

    private final PodQueries pods;
    private final ObjectQueries objects;
    private final FallbackProxy others;
    private final OwnMetrics own;

    ApiRoutes(
            Discovery discovery,
            PodQueries pods,
            ObjectQueries objects,
            FallbackProxy others,
            OwnMetrics own) {
        this.discovery = discovery;
        this.pods = pods;
        this.objects = objects;
        this.others = others;
        this.own = own;
    }

    /**
     * @param client whose share of scarce places it is
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
            case OTHER_METRIC -> others.answer(metric, target, FallbackHop.has(request));
            default -> throw metric.notFound();
        };
    }

    private Answer document(ApiTarget target, AcceptedTypes accepted, HttpServerRequest request) {
        Discovery known = FallbackHop.has(request) ? ownDiscovery : discovery;
        Answer document = known.answer(target, accepted, request.getHeader("If-None-Match"));
        if (document == null && target.path().equals("/version")) {
            document = Answer.json(version());
        }
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

    private static Buffer version() {
        String release = MetricsServer.version();
        // kubectl reads it as numbers; a build that has none is older than all.
        String numbered = release.matches("\\d+\\.\\d+\\.\\d+.*") ? release : "0.0.0-" + release;
        String[] numbers = numbered.split("\\.", 3);
        return Json.write(
                false,
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("major", numbers[0]);
                    json.writeStringProperty("minor", numbers[1]);
                    json.writeStringProperty("gitVersion", "v" + numbered);
                    json.writeStringProperty("platform", "java " + Runtime.version().feature());
                    json.writeEndObject();
                });
    }

    private static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
