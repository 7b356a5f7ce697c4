package dev.enclavemetrics.metricsserver.cluster;

import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Calls the API server without blocking; answers are delivered on the executor. The client itself
 * retries where that may help.
 */
public final class ClusterCalls {

    /** The API server's answer; its body is JSON or missing. */
    public record Reply(int code, JsonNode body) {

        public boolean isSuccess() {
            return code >= 200 && code < 300;
        }

        /** Code and message of a refusal. */
        public String message() {
            return code + " " + body.path("message").asString("");
        }
    }

    private static final int MAX_RETRIES = 3;
    private static final int RETRY_BACKOFF_MS = 200;
    private static final int ATTEMPT_TIMEOUT_MS = 3_000;
    private static final int MAX_MS = 8_000; // our own clients wait for at least 10 s

    private final HttpClient http;

    /** Without a trailing slash; has a path if the cluster is behind a proxy. */
    private final String base;

    private final Executor executor;

    public ClusterCalls(KubernetesClient client, Executor executor) {
        http =
                client.getHttpClient()
                        .newBuilder()
                        .tag(
                                new RequestConfigBuilder()
                                        .withRequestTimeout(ATTEMPT_TIMEOUT_MS)
                                        .withRequestRetryBackoffLimit(MAX_RETRIES)
                                        .withRequestRetryBackoffInterval(RETRY_BACKOFF_MS)
                                        .build())
                        .build();
        base = client.getMasterUrl().toString().replaceFirst("/+$", "");
        this.executor = executor;
    }

    /**
     * Sends a GET.
     *
     * @param path absolute and percent-encoded
     */
    public CompletableFuture<Reply> get(String path) {
        return send(request(path).build());
    }

    /**
     * Sends a POST.
     *
     * @param path absolute and percent-encoded
     */
    public CompletableFuture<Reply> post(String path, byte[] json) {
        return send(request(path).post(Answer.JSON, json).build());
    }

    private HttpRequest.Builder request(String path) {
        return http.newHttpRequestBuilder()
                .uri(URI.create(base + path))
                .timeout(ATTEMPT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .setHeader("Accept", Answer.JSON);
    }

    private CompletableFuture<Reply> send(HttpRequest request) {
        return http.sendAsync(request, byte[].class)
                .orTimeout(MAX_MS, TimeUnit.MILLISECONDS)
                .handleAsync(
                        (response, failure) -> {
                            if (failure != null) {
                                throw unreachable(failure.toString());
                            }
                            return reply(response.code(), response.body());
                        },
                        executor);
    }

    private static Reply reply(int code, byte[] body) {
        try {
            return new Reply(code, Json.read(body));
        } catch (JacksonException e) {
            if (code >= 200 && code < 300) {
                throw unreachable("an answer that is not JSON");
            }
            return new Reply(code, Json.mapper().missingNode());
        }
    }

    static RefusedException unreachable(String found) {
        return new RefusedException(
                StatusReason.SERVICE_UNAVAILABLE,
                "the API server must answer the metrics server, found: " + found + "; try again");
    }
}
