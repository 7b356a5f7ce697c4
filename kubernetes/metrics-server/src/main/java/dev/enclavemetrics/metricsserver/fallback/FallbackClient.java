package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.serving.http.Answer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sends requests to the other custom metrics server over HTTPS. */
final class FallbackClient {

    /** The server's answer. */
    record Reply(int code, String contentType, Buffer body) {}

    static final int MAX_MS = 8_000;

    private static final int CONNECT_MS = 3_000;
    private static final int IDLE_SECONDS = 90;
    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_CONNECTIONS = 8;
    private static final int MAX_WAITING = 64;

    private final FallbackAddress server;
    private final Supplier<Future<String>> token;
    private final HttpClientAgent http;
    private final Context loop;

    /**
     * A client for the current event loop, where its answers complete.
     *
     * @param token what it gets; fails while there is none, and is empty if it gets none
     */
    FallbackClient(Vertx vertx, FallbackAddress server, Supplier<Future<String>> token) {
        this.server = server;
        this.token = token;
        loop = vertx.getOrCreateContext();
        HttpClientOptions options =
                new HttpClientOptions()
                        .setSsl(true)
                        .setVerifyHost(!server.insecure())
                        .setTrustAll(server.insecure())
                        .setConnectTimeout(CONNECT_MS)
                        .setSslHandshakeTimeout(CONNECT_MS)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setMaxHeaderSize(MAX_HEADER_BYTES);
        if (server.caFile() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(server.caFile().toString()));
        }
        http =
                vertx.createHttpClient(
                        options,
                        new PoolOptions()
                                .setHttp1MaxSize(MAX_CONNECTIONS)
                                .setMaxWaitQueueSize(MAX_WAITING));
    }

    /**
     * Sends a GET; fails after {@link #MAX_MS} at the latest.
     *
     * @param uri absolute path and query, encoded
     */
    Future<Reply> get(String uri) {
        return Future.fromCompletionStage(token.get().toCompletionStage(), loop)
                .compose(text -> http.request(request(uri, text)))
                .compose(begun -> begun.send())
                .compose(FallbackClient::reply)
                .timeout(MAX_MS, TimeUnit.MILLISECONDS);
    }

    private RequestOptions request(String uri, String bearer) {
        RequestOptions request =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(server.host())
                        .setPort(server.port())
                        .setURI(uri)
                        .setFollowRedirects(false)
                        .setIdleTimeout(MAX_MS)
                        .putHeader("Via", ForwardingLoopGuard.VALUE)
                        .putHeader("Accept", Answer.JSON);
        if (!bearer.isEmpty()) {
            request.putHeader("Authorization", "Bearer " + bearer);
        }
        return request;
    }

    private static Future<Reply> reply(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(
                bytes -> {
                    if (body.length() + bytes.length() > MAX_BODY_BYTES) {
                        response.request().reset();
                    } else {
                        body.appendBuffer(bytes);
                    }
                });
        String type = response.getHeader("Content-Type");
        return response.end()
                .map(end -> new Reply(response.statusCode(), type == null ? "" : type, body));
    }

    /** The user that the other server sees. */
    String user() {
        return server.user();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
