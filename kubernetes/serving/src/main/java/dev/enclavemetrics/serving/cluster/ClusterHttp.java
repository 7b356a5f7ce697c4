package dev.enclavemetrics.serving.cluster;

import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Connections to the API server that do not wait forever. One that is used and brings nothing for
 * this long has no live server at its other end, whatever its socket says: it is closed, and the
 * client sends its request again. Watches are never silent for as long: the API server sends a
 * bookmark about every minute. For requests and watches by HTTP; a WebSocket that is never opened
 * would not be noticed.
 */
public final class ClusterHttp extends Vertx5HttpClientFactory {

    static final Duration MAX_SILENCE = Duration.ofMinutes(2);

    private final int maxSilenceMs;

    public ClusterHttp(Vertx vertx, Duration maxSilence) {
        super(vertx);
        maxSilenceMs = Math.toIntExact(maxSilence.toMillis());
    }

    @Override
    protected void additionalConfig(
            WebClientOptions http, WebSocketClientOptions webSockets, PoolOptions pool) {
        http.setReadIdleTimeout(maxSilenceMs).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
