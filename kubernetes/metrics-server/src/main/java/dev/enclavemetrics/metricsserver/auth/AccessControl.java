package dev.enclavemetrics.metricsserver.auth;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.metricsserver.cluster.ClusterCalls;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Decides whether a request is allowed: first authentication, then authorization. */
public final class AccessControl {

    private final Authenticator authenticator;
    private final AccessReviews reviews;

    /**
     * For one event loop.
     *
     * @param calls complete on that loop
     */
    public AccessControl(ClientTrustWatch trust, ClusterCalls calls, Clock clock) {
        authenticator = new Authenticator(trust::trust, new TokenReviews(calls, clock), clock);
        reviews = new AccessReviews(calls, clock);
    }

    /**
     * Completes with the client's key for fair sharing if the request is allowed, and fails with a
     * refusal if not.
     *
     * @param metric the requested metric, or null for the path itself
     */
    public CompletableFuture<String> admit(
            HttpServerRequest request, ApiTarget target, @Nullable MetricPath metric) {
        return authenticator
                .caller(request)
                .thenCompose(
                        caller -> {
                            requireGet(request);
                            return reviews.authorize(caller, target, metric)
                                    .thenApply(allowed -> caller.share());
                        });
    }

    /**
     * Reviews use only the verb get.
     *
     * @throws RefusedException for a method other than GET and HEAD
     */
    public static void requireGet(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            throw new RefusedException(
                    StatusReason.METHOD_NOT_ALLOWED,
                    "the methods are GET and HEAD, found " + request.method());
        }
    }
}
