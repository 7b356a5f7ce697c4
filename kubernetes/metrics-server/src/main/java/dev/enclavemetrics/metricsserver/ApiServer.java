package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.process.Clock;
import dev.enclavemetrics.process.Log;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.Closeable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the Custom Metrics API over HTTPS (the end of stage 8). All of it lives on one event loop,
 * so that nothing in it needs a lock; what must be waited for comes back to that loop.
 */
final class ApiServer implements Closeable {

    /** What the process has one of. */
    record Surroundings(Vertx vertx, KubernetesClient client, Clock clock, Log log) {}

    private static final int MOST_LINE_BYTES = 16 * 1024;
    private static final int MOST_HEADER_BYTES = 64 * 1024;
    private static final int MOST_STREAMS = 100;
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int BACKLOG = 1_024;
    private static final int IDLE_SECONDS = 180; // of Go's clients after 90
    private static final int HANDSHAKE_SECONDS = 10;
    private static final long LOOK_MS = 1_000;
    private static final long START_SECONDS = 30;
    private static final long END_MS = 1_000;

    private final MetricsServerConfig config;
    private final Surroundings surroundings;
    private final MetricStore store;
    private final PrometheusRegistry registry;
    private final ClientTrustWatch trust;
    private final @Nullable CertificateFiles files;
    private final ServingKeys keys;
    private @Nullable HttpServer server;

    /**
     * @throws IOException if the certificate that it is to serve with is none
     */
    ApiServer(
            MetricsServerConfig config,
            Surroundings surroundings,
            MetricStore store,
            PrometheusRegistry registry)
            throws IOException {
        this.config = config;
        this.surroundings = surroundings;
        this.store = store;
        this.registry = registry;
        trust = new ClientTrustWatch(surroundings.client(), surroundings.log());
        MetricsServerConfig.Tls tls = config.tls();
        if (tls != null) {
            files = new CertificateFiles(surroundings.vertx(), tls, surroundings.log());
            keys = files.keys();
        } else {
            files = null;
            keys = new ServingKeys(selfSigned());
            surroundings
                    .log()
                    .warn(
                            "serves with a certificate that nobody signed, made now: only an"
                                    + " APIService with insecureSkipTLSVerify takes it; give "
                                    + Setting.TLS_CERT_FILE.flag()
                                    + " and "
                                    + Setting.TLS_KEY_FILE.flag());
        }
    }

    private ServingPair selfSigned() throws IOException {
        try {
            return ServingPair.selfSigned(surroundings.clock());
        } catch (GeneralSecurityException e) {
            throw new IOException("the JDK must make EC keys, found: " + e.getMessage(), e);
        }
    }

    /**
     * Listens from now on, ready or not.
     *
     * @throws IOException that names the port and the way out
     */
    void start() throws IOException {
        trust.start();
        try {
            surroundings
                    .vertx()
                    .deployVerticle(new OnLoop())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            throw cannotListen(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotListen(e);
        }
        surroundings.log().info("serves https:/" + config.listen().getAddress() + ":" + port());
    }

    private IOException cannotListen(Throwable cause) {
        return new IOException(
                "the HTTPS port must be free, found "
                        + config.listen()
                        + " is not: "
                        + cause.getMessage()
                        + "; choose another with "
                        + Setting.PORT.flag()
                        + " (or address with "
                        + Setting.BIND.flag()
                        + ")",
                cause);
    }

    int port() {
        HttpServer running = server;
        return running == null ? 0 : running.actualPort();
    }

    private final class OnLoop implements Deployable {
        @Override
        public Future<?> deploy(Context loop) {
            Vertx vertx = surroundings.vertx();
            ApiMetrics metrics = new ApiMetrics(registry);
            OpenConnections<HttpConnection> connections =
                    new OpenConnections<>(
                            MOST_CONNECTIONS,
                            idle -> {
                                metrics.closedConnection();
                                idle.close();
                            });
            ApiHandler handler =
                    new ApiParts(config, surroundings, store, registry, trust)
                            .handler(loop, metrics);
            HttpServer created = vertx.createHttpServer(options());
            server = created;
            CertificateFiles watched = files;
            if (watched != null) {
                vertx.setPeriodic(LOOK_MS, timer -> watched.look());
            }
            return created.connectionHandler(
                            connection -> {
                                connection.closeHandler(end -> connections.closed(connection));
                                connection.exceptionHandler(gone -> {}); // no event
                                connections.opened(connection);
                            })
                    .requestHandler(
                            request -> {
                                connections.used(request.connection());
                                handler.handle(request);
                            })
                    .invalidRequestHandler(ApiServer::refuse)
                    .listen(
                            config.listen().getPort(),
                            config.listen().getAddress().getHostAddress());
        }
    }

    /** A request that cannot be read; its connection ends, since nobody knows where it stands. */
    private static void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        StatusReason reason = StatusReason.BAD_REQUEST;
        if (cause instanceof TooLongHttpLineException) {
            reason = StatusReason.URI_TOO_LONG;
        } else if (cause instanceof TooLongHttpHeaderException) {
            reason = StatusReason.HEADERS_TOO_LARGE;
        }
        Answer refusal =
                Answer.refusal(
                        reason,
                        "a request must be HTTP, its first line at most "
                                + MOST_LINE_BYTES
                                + " bytes, its headers at most "
                                + MOST_HEADER_BYTES
                                + " bytes");
        ApiHandler.write(request, refusal.with("Connection", "close"))
                .onComplete(sent -> request.connection().close());
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(KeyCertOptions.wrap(keys))
                .setTrustOptions(TrustOptions.wrap(new AnyClientCertificate()))
                .setClientAuth(ClientAuth.REQUEST)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(MOST_LINE_BYTES)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setInitialSettings(
                        new Http2Settings()
                                .setMaxHeaderListSize(MOST_HEADER_BYTES)
                                .setMaxConcurrentStreams(MOST_STREAMS))
                .setAcceptBacklog(BACKLOG)
                .setIdleTimeout(IDLE_SECONDS);
    }

    @Override
    public void close() {
        trust.close();
        HttpServer running = server;
        if (running != null) {
            try {
                running.shutdown(END_MS, TimeUnit.MILLISECONDS)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(END_MS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return; // it ends with the process
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
