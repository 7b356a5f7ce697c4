package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.serving.HttpsServer;
import dev.enclavemetrics.serving.ServingCertificate;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.io.IOException;

/** Serves the Custom Metrics API over HTTPS (the end of stage 8). */
final class ApiServer implements Closeable {

    /** What the process has one of. */
    record Surroundings(
            Vertx vertx,
            KubernetesClient client,
            ServingCertificate certificate,
            Clock clock,
            Log log) {}

    // Within the heap beside what 20,000 pods take.
    private static final int MAX_CONNECTIONS = 256;
    private static final long MAX_REQUEST_BYTES = 8 << 20;

    private final MetricsServerConfig config;
    private final Surroundings surroundings;
    private final MetricStore store;
    private final PrometheusRegistry registry;
    private final ClientTrustWatch trust;
    private final ApiMetrics metrics;
    private final HttpsServer server;

    ApiServer(
            MetricsServerConfig config,
            Surroundings surroundings,
            MetricStore store,
            PrometheusRegistry registry) {
        this.config = config;
        this.surroundings = surroundings;
        this.store = store;
        this.registry = registry;
        trust = new ClientTrustWatch(surroundings.client(), surroundings.log());
        metrics = new ApiMetrics(registry);
        server =
                new HttpsServer(
                        surroundings.vertx(),
                        new HttpsServer.Options(
                                config.listen(), MAX_CONNECTIONS, MAX_REQUEST_BYTES, true),
                        surroundings.certificate(),
                        metrics::closedConnection);
    }

    /**
     * Listens from now on, ready or not.
     *
     * @throws IOException that names the port and the way out
     */
    void start() throws IOException {
        trust.start();
        server.start(
                loop ->
                        new ApiHandlerFactory(config, surroundings, store, registry, trust)
                                .handler(loop, metrics),
                surroundings.log());
        surroundings.certificate().start();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        trust.close();
        server.close();
        surroundings.certificate().close();
    }
}
