package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import dev.enclavemetrics.bootstrap.ServingProcess;
import dev.enclavemetrics.metricsserver.cluster.ClusterCalls.Reply;
import dev.enclavemetrics.metricsserver.json.Json;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The token that is sent to the other server. A compromised server could use it, so it should be
 * that of an account that may only read custom metrics. It is requested from the API server when it
 * is first needed, and again when it is used after 80 % of its lifetime, as kubelet does; discovery
 * uses it once a minute. Confined to the event loop of the API.
 */
final class FallbackToken {

    /**
     * The minimum of the API server. Kubernetes binds a token only to a Pod that runs with the
     * token's account, so this one stays valid after this server has ended.
     */
    private static final long LIFETIME_SECONDS = 600;

    private static final double RENEWED_AT = 0.8;
    private static final long RETRY_NS = Duration.ofSeconds(5).toNanos();

    private final FallbackAccount account;
    private final BiFunction<String, byte[], CompletableFuture<Reply>> post;
    private final Clock clock;
    private final ProblemLog problem;

    private String token = "";
    private long expiresNs;

    /** When the next request is due. */
    private long dueNs;

    /** The last request. */
    private Future<String> requested = Future.succeededFuture("");

    /**
     * @param post sends JSON to a path of the API server
     */
    FallbackToken(
            FallbackAccount account,
            BiFunction<String, byte[], CompletableFuture<Reply>> post,
            Clock clock,
            Log log) {
        this.account = account;
        this.post = post;
        this.clock = clock;
        problem = ProblemLog.errors(log);
        expiresNs = clock.nanoTime();
        dueNs = expiresNs;
    }

    /** The token; complete while it is valid, even if it cannot be renewed. */
    Future<String> get() {
        long nowNs = clock.nanoTime();
        if (requested.isComplete() && dueNs - nowNs <= 0) {
            requested = request(nowNs);
        }
        return expiresNs - nowNs > 0 ? Future.succeededFuture(token) : requested;
    }

    private Future<String> request(long nowNs) {
        ObjectNode request = Json.mapper().createObjectNode();
        request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = request.putObject("spec").put("expirationSeconds", LIFETIME_SECONDS);
        if (!account.audience().isEmpty()) {
            spec.putArray("audiences").add(account.audience());
        }
        String path =
                "/api/v1/namespaces/%s/serviceaccounts/%s/token"
                        .formatted(account.namespace(), account.name());
        return Future.fromCompletionStage(post.apply(path, Json.bytes(request)))
                .transform(ended -> ended(ended, nowNs));
    }

    private Future<String> ended(AsyncResult<Reply> ended, long sentNs) {
        if (ended.failed()) {
            return failed("no answer", message(ended.cause()), "");
        }
        Reply reply = ended.result();
        String issued = reply.body().path("status").path("token").asString("");
        if (!reply.isSuccess() || issued.isEmpty()) {
            String found = reply.isSuccess() ? reply.code() + " without a token" : reply.message();
            return failed("code " + reply.code(), found, remedy(reply.code()));
        }
        JsonNode seconds = reply.body().path("spec").path("expirationSeconds");
        long lifetimeNs = Duration.ofSeconds(seconds.asLong(LIFETIME_SECONDS)).toNanos();
        token = issued;
        expiresNs = sentNs + lifetimeNs;
        dueNs = sentNs + (long) (RENEWED_AT * lifetimeNs);
        problem.recovered("the token of " + account + " is issued again");
        return Future.succeededFuture(issued);
    }

    private Future<String> failed(String cause, String found, String remedy) {
        dueNs = clock.nanoTime() + RETRY_NS;
        if (!ServingProcess.isEnding()) {
            problem.failed(
                    cause,
                    "the token of "
                            + account
                            + " must be issued to the metrics server, found: "
                            + found
                            + remedy
                            + "; retrying");
        }
        return Future.failedFuture(
                "no token of " + account + "; the log of the metrics server says why");
    }

    private String remedy(int code) {
        return switch (code) {
            case HttpURLConnection.HTTP_FORBIDDEN ->
                    "; grant that user create of serviceaccounts/token for "
                            + account.name()
                            + " in the namespace "
                            + account.namespace()
                            + ", as the chart does";
            case HttpURLConnection.HTTP_NOT_FOUND -> "; create it, as the chart does";
            default -> "";
        };
    }

    private static String message(Throwable failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(
                (failure instanceof CompletionException && cause != null ? cause : failure)
                        .getMessage());
    }
}
