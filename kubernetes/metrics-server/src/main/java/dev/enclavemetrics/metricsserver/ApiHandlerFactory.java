package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.serving.OwnMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Context;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the API is put together from. */
record ApiHandlerFactory(
        MetricsServerConfig config,
        ApiServer.Surroundings surroundings,
        MetricStore store,
        PrometheusRegistry registry,
        ClientTrustWatch trust) {

    /** The way of a request, all of it on this event loop. */
    ApiHandler handler(Context loop, ApiMetrics metrics) {
        Clock clock = surroundings.clock();
        Executor onLoop = task -> loop.runOnContext(now -> task.run());
        ClusterCalls calls = new ClusterCalls(surroundings.client(), onLoop);

        Authenticator authenticator =
                new Authenticator(trust::trust, new TokenReviews(calls, clock), clock);
        AccessReviews reviews = new AccessReviews(calls, clock);

        Discovery discovery = new Discovery();
        FallbackVersions versions = new FallbackVersions();
        Fallback fallback = fallback(discovery, versions);
        PodQueries pods = new PodQueries(store);
        ObjectQueries objects = new ObjectQueries(store, pods, calls, clock);
        ApiRoutes routes =
                new ApiRoutes(
                        discovery,
                        pods,
                        objects,
                        new FallbackProxy(fallback, versions),
                        new OwnMetrics(registry));
        return new ApiHandler(
                new ApiHandler.Gate(authenticator, reviews),
                new Probes(store.health(), trust, surroundings.certificate()),
                routes,
                metrics,
                clock,
                surroundings.log());
    }

    private @Nullable Fallback fallback(Discovery discovery, FallbackVersions versions) {
        MetricsServerConfig.Fallback other = config.fallback();
        if (other == null) {
            return null;
        }
        AccountToken token =
                AccountToken.of(surroundings.client().getConfiguration(), surroundings.clock());
        Fallback fallback = new Fallback(surroundings.vertx(), other, token);
        new FallbackDiscovery(
                        surroundings.vertx(), fallback, versions, discovery, surroundings.log())
                .start();
        return fallback;
    }
}
