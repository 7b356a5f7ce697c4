package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;

/**
 * Marks forwarded requests with the header Via (RFC 9110, 7.6.3), which proxies keep and extend. A
 * request that arrives with the mark was forwarded once already: by this server to itself, or by
 * two servers that are configured as each other's fallback.
 */
final class ForwardingLoopGuard {

    static final String NAME = "enclave-metrics-server";
    static final String VALUE = "1.1 " + NAME;

    private ForwardingLoopGuard() {}

    static boolean has(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaderNames.VIA).stream()
                .anyMatch(via -> via.contains(NAME));
    }

    static RefusedException refusal() {
        return new RefusedException(
                StatusReason.LOOP_DETECTED,
                "the other metrics server must not be an enclave metrics server, found one behind "
                        + "--fallback-service: this request was forwarded before; set an adapter"
                        + " that does not forward");
    }
}
