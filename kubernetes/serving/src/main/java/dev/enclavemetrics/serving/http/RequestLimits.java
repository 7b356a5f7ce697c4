package dev.enclavemetrics.serving.http;

import dev.enclavemetrics.serving.tls.TlsVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.TrustOptions;
import java.util.concurrent.TimeUnit;

/** The limits of requests and connections, and the answer to requests that break them. */
final class RequestLimits {

    private static final int MAX_LINE_BYTES = 16 * 1024;

    /** The API server passes on a user's groups and extras, which can be hundreds. */
    private static final int MAX_HEADER_BYTES = 32 * 1024;

    private static final int MAX_STREAMS = 100;
    private static final int BACKLOG = 1_024;
    private static final int IDLE_SECONDS = 180; // of Go's clients after 90
    private static final int HANDSHAKE_SECONDS = 10;

    private RequestLimits() {}

    /** All but the keys. */
    static HttpServerOptions options(boolean asksForCertificates, TlsVersion minVersion) {
        HttpServerOptions http =
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                        .setMaxInitialLineLength(MAX_LINE_BYTES)
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setInitialSettings(
                                new Http2Settings()
                                        .setMaxHeaderListSize(MAX_HEADER_BYTES)
                                        .setMaxConcurrentStreams(MAX_STREAMS))
                        .setHandle100ContinueAutomatically(true)
                        .setAcceptBacklog(BACKLOG)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setEnabledSecureTransportProtocols(minVersion.protocols());
        minVersion.cipherSuites().forEach(http::addEnabledCipherSuite);
        return asksForCertificates
                ? http.setTrustOptions(TrustOptions.wrap(new AnyClientCertificate()))
                        .setClientAuth(ClientAuth.REQUEST)
                : http;
    }

    /** Answers a request that cannot be parsed, and closes its connection. */
    static void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        StatusReason reason = StatusReason.BAD_REQUEST;
        if (cause instanceof TooLongHttpLineException) {
            reason = StatusReason.URI_TOO_LONG;
        } else if (cause instanceof TooLongHttpHeaderException) {
            reason = StatusReason.HEADERS_TOO_LARGE;
        }
        Answer.refusal(
                        reason,
                        "a request must be HTTP, its first line at most "
                                + MAX_LINE_BYTES
                                + " bytes, its headers at most "
                                + MAX_HEADER_BYTES
                                + " bytes")
                .with("Connection", "close")
                .writeTo(request)
                .onComplete(sent -> request.connection().close());
    }
}
