package dev.enclavemetrics.metricsserver.auth;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates requests as an aggregated API server must: by the headers of the front proxy, by a
 * client certificate, or by a bearer token, in this order. Requests without credentials are
 * anonymous; requests with invalid ones are refused.
 */
final class Authenticator {

    private static final String BEARER = "bearer ";
    private static final int MAX_TOKEN_CHARS = 16 * 1024;

    private final Supplier<ClientTrust> trust;
    private final TokenReviews tokens;
    private final Clock clock;

    Authenticator(Supplier<ClientTrust> trust, TokenReviews tokens, Clock clock) {
        this.trust = trust;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The caller; fails with a refusal. */
    CompletableFuture<Caller> caller(HttpServerRequest request) {
        String address = request.connection().remoteAddress().hostAddress();
        ClientTrust current = trust.get();
        List<X509Certificate> chain = peerChain(request.sslSession());
        boolean certificateRefused = false;
        if (!chain.isEmpty()) {
            Caller caller = byCertificate(request, address, chain, current);
            if (caller != null) {
                return CompletableFuture.completedFuture(caller);
            }
            certificateRefused = true;
        }
        String token = token(request);
        if (!token.isEmpty()) {
            return tokens.user(token, address).thenApply(user -> new Caller(user, address, false));
        }
        if (certificateRefused) {
            return unauthorized(
                    "the client certificate must be signed by the cluster's client CA, or by its"
                        + " front proxy CA with an allowed name and a user in the headers, found"
                        + " neither");
        }
        return CompletableFuture.completedFuture(new Caller(User.ANONYMOUS, address, false));
    }

    private @Nullable Caller byCertificate(
            HttpServerRequest request,
            String address,
            List<X509Certificate> chain,
            ClientTrust current) {
        Date now = Date.from(clock.instant());
        if (current.frontProxies().trusts(chain, now)
                && (current.frontProxyNames().isEmpty()
                        || current.frontProxyNames().contains(SubjectName.of(chain).name()))) {
            User user = FrontProxy.user(request, current);
            if (user != null) {
                return new Caller(user.authenticated(), address, true);
            }
        }
        if (current.clients().trusts(chain, now)) {
            SubjectName subject = SubjectName.of(chain);
            if (!subject.name().isEmpty()) {
                User user = new User(subject.name(), "", subject.organizations(), Map.of());
                return new Caller(user.authenticated(), address, false);
            }
        }
        return null;
    }

    private static List<X509Certificate> peerChain(@Nullable SSLSession session) {
        try {
            return session == null
                    ? List.of()
                    : Arrays.stream(session.getPeerCertificates())
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // the client sent none
        }
    }

    private static String token(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return "";
        }
        String token = header.substring(BEARER.length()).strip();
        if (token.length() > MAX_TOKEN_CHARS) {
            throw new RefusedException(
                    StatusReason.UNAUTHORIZED,
                    "a token must have at most " + MAX_TOKEN_CHARS + " characters");
        }
        return token;
    }

    private static CompletableFuture<Caller> unauthorized(String message) {
        return CompletableFuture.failedFuture(
                new RefusedException(StatusReason.UNAUTHORIZED, message));
    }
}
