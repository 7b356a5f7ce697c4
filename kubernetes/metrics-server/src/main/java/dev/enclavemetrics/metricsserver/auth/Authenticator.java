package dev.enclavemetrics.metricsserver.auth;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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

    /** The caller. A refusal is thrown, or fails the future. */
    CompletableFuture<Caller> caller(HttpServerRequest request) {
        String address = request.connection().remoteAddress().hostAddress();
        ClientCertificate certificate =
                ClientCertificate.of(request.sslSession(), trust.get(), clock.instant());
        if (certificate != null) {
            Caller caller = byCertificate(request, address, certificate);
            if (caller != null) {
                return CompletableFuture.completedFuture(caller);
            }
        }
        String token = token(request);
        if (!token.isEmpty()) {
            return tokens.user(token, address).thenApply(user -> new Caller(user, address, false));
        }
        if (certificate != null) {
            throw new RefusedException(
                    StatusReason.UNAUTHORIZED,
                    "the client certificate must be signed by the cluster's client CA, or by its"
                        + " front proxy CA with an allowed name and a user in the headers, found"
                        + " neither");
        }
        return CompletableFuture.completedFuture(new Caller(User.ANONYMOUS, address, false));
    }

    private static @Nullable Caller byCertificate(
            HttpServerRequest request, String address, ClientCertificate certificate) {
        if (certificate.frontProxy()) {
            User user = FrontProxy.user(request, certificate.trust());
            if (user != null) {
                return new Caller(user.authenticated(), address, true);
            }
        }
        if (certificate.client()) {
            SubjectName subject = certificate.subject();
            User user = new User(subject.name(), "", subject.organizations(), Map.of());
            return new Caller(user.authenticated(), address, false);
        }
        return null;
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
}
