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
 * Asks the API server without waiting: nothing here blocks, and what comes back goes on at the
 * executor. The client tries again by itself where that may help.
 */
public final class ClusterCalls {

    /** What the API server said; its body is JSON or missing. */
    public record Reply(int code, JsonNode body) {

        public boolean isSuccess() {
            return code >= 200 && code < 300;
        }

        /** Its words, where it refused. */
        public String message() {
            return code + " " + body.path("message").asString("");
        }
    }

    private static final int TRIES_AFTER_THE_FIRST = 3;
    private static final int FIRST_PAUSE_MS = 200;
    private static final int MAX_MS_A_TRY = 3_000;
    private static final int MAX_MS = 8_000; // those who ask us wait for 10 s or longer

    private final HttpClient http;

    /** Without a slash at its end; a cluster behind a proxy has a path in it. */
    private final String base;

    private final Executor executor;

    public ClusterCalls(KubernetesClient client, Executor executor) {
        http =
                client.getHttpClient()
                        .newBuilder()
                        .tag(
                                new RequestConfigBuilder()
                                        .withRequestTimeout(MAX_MS_A_TRY)
                                        .withRequestRetryBackoffLimit(TRIES_AFTER_THE_FIRST)
                                        .withRequestRetryBackoffInterval(FIRST_PAUSE_MS)
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
                .timeout(MAX_MS_A_TRY, TimeUnit.MILLISECONDS)
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
                throw unreachable("an answer that is no JSON");
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
