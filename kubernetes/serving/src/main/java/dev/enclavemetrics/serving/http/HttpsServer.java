package dev.enclavemetrics.serving.http;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import dev.enclavemetrics.serving.tls.CertificateAndKey;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import dev.enclavemetrics.serving.tls.TlsVersion;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves HTTP/2 and HTTP/1.1 over TLS, all on one event loop, so that handlers need no locks;
 * asynchronous results are delivered on that loop.
 */
public final class HttpsServer implements Closeable {

    /**
     * Where to listen, and the limits.
     *
     * @param connections maximum number, including those in their TLS handshake; beyond it, the
     *     client with the most connections loses its longest idle one
     * @param requestBytes maximum memory of unfinished requests over all connections; beyond it,
     *     the connection with the most is closed
     * @param asksForCertificates whether client certificates are requested
     * @param minVersion of TLS
     */
    public record Options(
            InetSocketAddress listen,
            int connections,
            long requestBytes,
            boolean asksForCertificates,
            TlsVersion minVersion) {}

    private static final long START_SECONDS = 30;
    private static final long END_MS = 1_000;

    private final Vertx vertx;
    private final Options options;
    private final ServingCertificate certificate;
    private final Runnable madeRoom;
    private @Nullable HttpServer server;

    /**
     * A server that does not listen yet.
     *
     * @param madeRoom called for each connection that was closed to make room
     */
    public HttpsServer(
            Vertx vertx, Options options, ServingCertificate certificate, Runnable madeRoom) {
        this.vertx = vertx;
        this.options = options;
        this.certificate = certificate;
        this.madeRoom = madeRoom;
    }

    /**
     * Starts to listen.
     *
     * @param handler created on the loop that it runs on
     * @throws IOException that names the port and the remedy
     */
    public void start(Function<Context, Handler<HttpServerRequest>> handler, Log log)
            throws IOException {
        try {
            vertx.deployVerticle(new OnLoop(handler, log))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            throw cannotListen(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotListen(e);
        }
        InetSocketAddress listens = new InetSocketAddress(options.listen.getAddress(), port());
        log.info("serves https://" + NetUtil.toSocketAddressString(listens));
    }

    private IOException cannotListen(Throwable cause) {
        return new IOException(
                "the HTTPS port must be free, found "
                        + options.listen
                        + " is not: "
                        + cause.getMessage()
                        + "; choose another with --port (or address with --bind)",
                cause);
    }

    /** The port it listens on; 0 before it does. */
    public int port() {
        HttpServer running = server;
        return running == null ? 0 : running.actualPort();
    }

    private final class OnLoop implements Deployable {

        private final Function<Context, Handler<HttpServerRequest>> handlers;
        private final Log log;
        private final ProblemLog unexpected;

        OnLoop(Function<Context, Handler<HttpServerRequest>> handlers, Log log) {
            this.handlers = handlers;
            this.log = log;
            unexpected = ProblemLog.errors(log);
        }

        @Override
        public Future<?> deploy(Context loop) {
            ClientLimits limits =
                    new ClientLimits(options.connections, options.requestBytes, madeRoom);
            limits.watch((VertxInternal) vertx);
            Handler<HttpServerRequest> handler = handlers.apply(loop);
            HttpServerOptions http =
                    RequestLimits.options(options.asksForCertificates, options.minVersion);
            certificate.served().serve(pair -> http.setKeyCertOptions(pair.keys()));
            HttpServer created = vertx.createHttpServer(http);
            server = created;
            return created.connectionHandler(
                            connection -> {
                                limits.ready(connection);
                                connection.exceptionHandler(gone -> {}); // no event
                            })
                    .requestHandler(
                            request -> {
                                limits.begun(request);
                                answer(request, handler);
                            })
                    .invalidRequestHandler(RequestLimits::refuse)
                    .listen(options.listen.getPort(), options.listen.getAddress().getHostAddress())
                    .onSuccess(
                            listening ->
                                    certificate
                                            .served()
                                            .serve(pair -> exchange(listening, http, pair)));
        }

        /** A failure here is a bug, and Vert.x would leave the request without an answer. */
        private void answer(HttpServerRequest request, Handler<HttpServerRequest> handler) {
            try {
                handler.handle(request);
            } catch (RuntimeException | Error e) {
                unexpected.failed("unexpected error while handling a request: " + e);
                Answer.refusal(StatusReason.INTERNAL_ERROR, "the server failed; see its log")
                        .writeTo(request);
            }
        }

        private void exchange(
                HttpServer listening, HttpServerOptions http, CertificateAndKey pair) {
            listening
                    .updateSSLOptions(http.getSslOptions().copy().setKeyCertOptions(pair.keys()))
                    .onSuccess(done -> log.info("serves new connections with " + pair))
                    .onFailure(
                            failure ->
                                    log.error(
                                            "new connections must be served with "
                                                    + pair
                                                    + ", found: "
                                                    + failure.getMessage()
                                                    + "; keeping the previous certificate"));
        }
    }

    /** Stops; running requests may finish within a second. */
    @Override
    public void close() {
        HttpServer running = server;
        if (running != null) {
            try {
                running.shutdown(END_MS, TimeUnit.MILLISECONDS)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(END_MS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return; // the process exits anyway
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
