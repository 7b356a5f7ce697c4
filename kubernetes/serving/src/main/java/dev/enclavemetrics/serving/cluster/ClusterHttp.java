package dev.enclavemetrics.serving.cluster;

import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP client with an idle timeout for connections to the API server. A connection that is in
 * use and receives nothing for this long has no live server at its other end: it is closed, and the
 * client retries the request. Watches are never silent for that long, since the API server sends a
 * bookmark about every minute. This covers requests and watches over HTTP, not WebSockets.
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
