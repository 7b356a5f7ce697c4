package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.metricsserver.auth.AccessControl;
import dev.enclavemetrics.metricsserver.auth.ClientTrustWatch;
import dev.enclavemetrics.metricsserver.cluster.ClusterCalls;
import dev.enclavemetrics.metricsserver.fallback.FallbackAddress;
import dev.enclavemetrics.metricsserver.fallback.FallbackProxy;
import dev.enclavemetrics.metricsserver.query.ObjectQueries;
import dev.enclavemetrics.metricsserver.query.PodQueries;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.serving.http.HttpsServer;
import dev.enclavemetrics.serving.http.OwnMetrics;
import dev.enclavemetrics.serving.tls.CertificateExpiry;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import dev.enclavemetrics.serving.tls.TlsVersion;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Serves the Custom Metrics API over HTTPS (the end of stage 8). */
public final class CustomMetricsApi implements Closeable {

    /**
     * The settings of the API.
     *
     * @param listen the address to serve on
     * @param minTlsVersion the minimum version that clients may use
     * @param fallback the server to ask for all other metrics, or null
     * @param version the release, for {@code /version}
     */
    public record Options(
            InetSocketAddress listen,
            TlsVersion minTlsVersion,
            @Nullable FallbackAddress fallback,
            String version) {}

    /** The objects that the API uses. It closes the certificate; the caller closes the others. */
    public record Dependencies(
            MetricStore store,
            Health health,
            Vertx vertx,
            KubernetesClient client,
            ServingCertificate certificate,
            PrometheusRegistry registry,
            Clock clock,
            Log log) {}

    // Fits the heap together with 20,000 pods.
    private static final int MAX_CONNECTIONS = 256;
    private static final long MAX_REQUEST_BYTES = 8 << 20;

    private final Options options;
    private final Dependencies given;
    private final ClientTrustWatch trust;
    private final ApiMetrics metrics;
    private final HttpsServer server;

    public CustomMetricsApi(Options options, Dependencies given) {
        this.options = options;
        this.given = given;
        trust = new ClientTrustWatch(given.client(), given.log());
        metrics = new ApiMetrics(given.registry());
        CertificateExpiry.register(
                "enclave_metrics_server_", given.certificate(), given.registry());
        server =
                new HttpsServer(
                        given.vertx(),
                        new HttpsServer.Options(
                                options.listen(),
                                MAX_CONNECTIONS,
                                MAX_REQUEST_BYTES,
                                true,
                                options.minTlsVersion()),
                        given.certificate(),
                        metrics::closedConnection);
    }

    /**
     * Starts to listen, even if the server is not ready.
     *
     * @throws IOException that names the port and the remedy
     */
    public void start() throws IOException {
        trust.start();
        server.start(this::handler, given.log());
        given.certificate().start();
    }

    /** The stages of a request, all on this event loop. */
    private ApiHandler handler(Context loop) {
        Clock clock = given.clock();
        ClusterCalls calls =
                new ClusterCalls(given.client(), task -> loop.runOnContext(now -> task.run()));
        PodQueries pods = new PodQueries(given.store(), given.health());
        ObjectQueries objects = new ObjectQueries(given.store(), pods, calls, clock);
        OwnResources own = new OwnResources(given.store(), clock);
        Discovery discovery = new Discovery(own, options.version());
        return new ApiHandler(
                new AccessControl(trust, calls, clock),
                new Probes(given.health(), trust, given.certificate()),
                new ApiRoutes(
                        discovery,
                        new Discovery(own, options.version()),
                        pods,
                        objects,
                        fallback(discovery, calls),
                        new OwnMetrics(given.registry())),
                metrics,
                clock,
                given.log());
    }

    private @Nullable FallbackProxy fallback(Discovery discovery, ClusterCalls calls) {
        FallbackAddress other = options.fallback();
        return other == null
                ? null
                : FallbackProxy.start(
                        other,
                        given.vertx(),
                        calls,
                        given.clock(),
                        discovery::setFallbackResources,
                        given.log());
    }

    /** The TCP port that it listens on. */
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        trust.close();
        server.close();
        given.certificate().close();
    }
}
