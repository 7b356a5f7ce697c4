package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.metricsserver.cluster.ClusterCalls;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * Forwards queries for metrics that are not the enclaves' to another metrics server. The user was
 * authorized here; the other server sees an account for these requests.
 */
public final class FallbackProxy {

    /** The query parameters that are forwarded. */
    private static final List<String> PARAMETERS =
            List.of("labelSelector", "metricLabelSelector", "fieldSelector");

    private final FallbackClient fallback;
    private final FallbackVersions versions;

    private FallbackProxy(FallbackClient fallback, FallbackVersions versions) {
        this.fallback = fallback;
        this.versions = versions;
    }

    /**
     * A proxy for the current event loop, which starts to list the other server's resources.
     *
     * @param calls to the API server, for the token
     * @param listed receives the resources of a version of the group
     */
    public static FallbackProxy start(
            FallbackAddress server,
            Vertx vertx,
            ClusterCalls calls,
            Clock clock,
            BiConsumer<String, List<ApiResource>> listed,
            Log log) {
        FallbackAccount account = server.account();
        Supplier<Future<String>> token =
                account == null
                        ? () -> Future.succeededFuture("")
                        : new FallbackToken(account, calls::post, clock, log)::get;
        FallbackClient client = new FallbackClient(vertx, server, token);
        FallbackVersions versions = new FallbackVersions();
        new FallbackDiscovery(vertx, client, versions, listed, log).start();
        return new FallbackProxy(client, versions);
    }

    /** Whether an enclave metrics server has forwarded the request already. */
    public static boolean isForwarded(HttpServerRequest request) {
        return ForwardingLoopGuard.has(request);
    }

    /**
     * Forwards the request to the other server, and relays its response.
     *
     * @param forwarded whether the request has been forwarded already
     */
    public CompletableFuture<Answer> answer(MetricPath path, ApiTarget target, boolean forwarded) {
        if (forwarded) {
            throw ForwardingLoopGuard.refusal();
        }
        String version = versions.versionFor(path.version());
        return fallback.get(uri(target, version))
                .toCompletionStage()
                .toCompletableFuture()
                .handle(
                        (reply, failure) -> {
                            if (failure != null) {
                                throw unavailable(String.valueOf(failure.getMessage()));
                            }
                            Answer answer = relayed(reply);
                            return answer.code() == 200 && !version.equals(path.version())
                                    ? translated(answer, path.version())
                                    : answer;
                        });
    }

    private Answer relayed(FallbackClient.Reply reply) {
        switch (reply.code()) {
            case 401, 403 -> // about the account of the request, not the user's
                    throw unavailable(
                            reply.code()
                                    + " for "
                                    + fallback.user()
                                    + ", which needs get of custom.metrics.k8s.io there");
            case 300, 301, 302, 303, 304, 307, 308 ->
                    throw unavailable("a redirect, " + reply.code());
            default -> {
                String type = reply.contentType().isEmpty() ? Answer.JSON : reply.contentType();
                return new Answer(reply.code(), type, reply.body(), Map.of());
            }
        }
    }

    private Answer translated(Answer answer, String version) {
        try {
            return Answer.json(ItemVersions.translated(answer.body(), version));
        } catch (JacksonException | IllegalArgumentException e) {
            throw unavailable(
                    "an answer that cannot be translated to " + version + ": " + e.getMessage());
        }
    }

    private RefusedException unavailable(String found) {
        return new RefusedException(
                StatusReason.SERVICE_UNAVAILABLE,
                "the other metrics server, "
                        + fallback
                        + ", must answer for this metric, found: "
                        + found);
    }

    /** Rebuilt from the parsed target that was authorized, never copied from the request. */
    private static String uri(ApiTarget target, String version) {
        List<String> encoded = new ArrayList<>();
        for (String segment : target.segments()) {
            encoded.add(encode(segment));
        }
        encoded.set(MetricPath.VERSION_SEGMENT, version);
        QueryStringEncoder uri = new QueryStringEncoder("/" + String.join("/", encoded));
        for (String parameter : PARAMETERS) {
            if (!target.parameter(parameter).isEmpty()) {
                uri.addParam(parameter, target.parameter(parameter));
            }
        }
        return uri.toString();
    }

    private static String encode(String segment) {
        QueryStringEncoder encoder = new QueryStringEncoder("");
        encoder.addParam(segment, "");
        String encoded = encoder.toString();
        return encoded.substring(1, encoded.length() - 1); // without ? and =
    }
}
