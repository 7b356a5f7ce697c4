package dev.enclavemetrics.metricsserver.auth;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.metricsserver.cluster.AsyncCache;
import dev.enclavemetrics.metricsserver.cluster.ClusterCalls;
import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.serving.tls.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Authenticates tokens by TokenReviews, and caches the results for a few seconds by hash. */
final class TokenReviews {

    private static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";
    private static final AsyncCache.Bounds BOUNDS =
            new AsyncCache.Bounds(Duration.ofSeconds(10), 1_000, 32);

    private final ClusterCalls calls;

    /** Empty for an invalid token. */
    private final AsyncCache<Optional<User>> users;

    TokenReviews(ClusterCalls calls, Clock clock) {
        this.calls = calls;
        users = new AsyncCache<>(BOUNDS, clock);
    }

    /**
     * Returns the token's user; fails with a refusal if the token is invalid.
     *
     * @param address the client's key for fair sharing, while its user is unknown
     */
    CompletableFuture<User> user(String token, String address) {
        String key = Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
        return users.get(key, address, () -> review(token))
                .thenApply(
                        user ->
                                user.orElseThrow(
                                        () ->
                                                new RefusedException(
                                                        StatusReason.UNAUTHORIZED,
                                                        "the token must be valid for the API"
                                                            + " server, found one that is not")));
    }

    private CompletableFuture<Optional<User>> review(String token) {
        ObjectNode review = Json.mapper().createObjectNode();
        review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
        review.putObject("spec").put("token", token);
        return calls.post(PATH, Json.bytes(review)).thenApply(TokenReviews::result);
    }

    private static Optional<User> result(ClusterCalls.Reply reply) {
        if (!reply.isSuccess()) {
            throw new RefusedException(
                    StatusReason.SERVICE_UNAVAILABLE,
                    "the API server must review tokens for the metrics server, found: "
                            + reply.message()
                            + "; bind its account to the ClusterRole system:auth-delegator");
        }
        JsonNode status = reply.body().path("status");
        JsonNode user = status.path("user");
        String name = user.path("username").asString("");
        if (!status.path("authenticated").asBoolean(false) || name.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> extra = new LinkedHashMap<>();
        user.path("extra").forEachEntry((key, values) -> extra.put(key, strings(values)));
        return Optional.of(
                new User(name, user.path("uid").asString(""), strings(user.path("groups")), extra)
                        .authenticated());
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(node -> strings.add(node.asString("")));
        return strings;
    }
}
