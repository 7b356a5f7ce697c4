package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.metricsserver.cluster.AsyncCache;
import dev.enclavemetrics.metricsserver.cluster.ClusterCalls;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.metricsserver.selector.LabelSelector;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The pod selectors of objects, from the API server; cached for a few seconds. */
final class ObjectSelectors {

    private static final AsyncCache.Bounds BOUNDS =
            new AsyncCache.Bounds(Duration.ofSeconds(15), 2_000, 32);

    private static final int NOT_FOUND = 404;

    private final ClusterCalls calls;
    private final AsyncCache<Optional<LabelSelector>> selectors;

    ObjectSelectors(ClusterCalls calls, Clock clock) {
        this.calls = calls;
        selectors = new AsyncCache<>(BOUNDS, clock);
    }

    /**
     * The object's selector, or empty if there is no such object.
     *
     * @param path has a valid namespace and name
     * @param client the client's key for fair sharing
     */
    CompletableFuture<Optional<LabelSelector>> get(
            DescribedKind kind, MetricPath path, String client) {
        String object = kind.path(path.namespace(), path.name());
        return selectors.get(
                object, client, () -> calls.get(object).thenApply(reply -> selector(kind, reply)));
    }

    private static Optional<LabelSelector> selector(DescribedKind kind, ClusterCalls.Reply reply) {
        if (reply.code() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            throw new RefusedException(
                    StatusReason.SERVICE_UNAVAILABLE,
                    "the metrics server must be able to read "
                            + kind.resource()
                            + ", found: "
                            + reply.message()
                            + "; grant its account get of "
                            + kind.resource());
        }
        return Optional.of(ObjectSelector.of(kind, reply.body()));
    }
}
