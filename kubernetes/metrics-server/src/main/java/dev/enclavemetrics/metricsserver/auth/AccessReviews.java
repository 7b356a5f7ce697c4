package dev.enclavemetrics.metricsserver.auth;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.metricsserver.cluster.AsyncCache;
import dev.enclavemetrics.metricsserver.cluster.ClusterCalls;
import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.serving.tls.Sha256;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Authorizes requests by SubjectAccessReviews, and caches the results for a few seconds. */
final class AccessReviews {

    /** The answer, and the authorizer's reason. */
    private record Verdict(boolean allowed, String reason) {}

    private static final String PATH = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final int MAX_ENTRIES = 5_000;
    private static final int MAX_PROXIED_PENDING = 64;

    /** Unauthenticated clients must not use up the slots of authenticated ones. */
    private static final int MAX_ANONYMOUS_PENDING = 8;

    /**
     * Direct clients must not use up the slots of those behind the front proxy, such as the HPA
     * controller.
     */
    private static final int MAX_DIRECT_PENDING = 32;

    private final ClusterCalls calls;
    private final AsyncCache<Verdict> proxied;
    private final AsyncCache<Verdict> direct;
    private final AsyncCache<Verdict> anonymous;

    AccessReviews(ClusterCalls calls, Clock clock) {
        this.calls = calls;
        proxied = cache(MAX_ENTRIES, MAX_PROXIED_PENDING, clock);
        direct = cache(MAX_ENTRIES / 5, MAX_DIRECT_PENDING, clock);
        anonymous = cache(MAX_ENTRIES / 10, MAX_ANONYMOUS_PENDING, clock);
    }

    private static AsyncCache<Verdict> cache(int entries, int pending, Clock clock) {
        return new AsyncCache<>(new AsyncCache.Bounds(LIFE, entries, pending), clock);
    }

    /**
     * Completes if the caller may get it, and fails with a refusal if not.
     *
     * @param caller the authenticated client
     * @param metric the resource, or null to authorize the path itself
     */
    CompletableFuture<Void> authorize(
            Caller caller, ApiTarget target, @Nullable MetricPath metric) {
        User user = caller.user();
        if (user.isSuperuser()) {
            return CompletableFuture.completedFuture(null);
        }
        byte[] review = Json.bytes(review(user, target, metric));
        return cache(caller)
                .get(
                        Sha256.hex(review),
                        caller.share(),
                        () -> calls.post(PATH, review).thenApply(AccessReviews::verdict))
                .thenAccept(
                        verdict -> {
                            if (!verdict.allowed) {
                                throw forbidden(user, target, metric, verdict.reason);
                            }
                        });
    }

    private AsyncCache<Verdict> cache(Caller caller) {
        if (caller.user().isAnonymous()) {
            return anonymous;
        }
        return caller.proxied() ? proxied : direct;
    }

    private static ObjectNode review(User user, ApiTarget target, @Nullable MetricPath metric) {
        ObjectNode review = Json.mapper().createObjectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec");
        if (metric == null) {
            spec.putObject("nonResourceAttributes").put("path", target.path()).put("verb", "get");
        } else {
            spec.putObject("resourceAttributes")
                    .put("verb", "get")
                    .put("group", MetricPath.GROUP)
                    .put("version", metric.version())
                    .put("namespace", metric.namespace())
                    .put("resource", metric.resource())
                    .put("subresource", metric.subresource())
                    .put("name", metric.name());
        }
        spec.put("user", user.name()).put("uid", user.uid());
        ArrayNode groups = spec.putArray("groups");
        user.groups().forEach(groups::add);
        ObjectNode extra = spec.putObject("extra");
        new TreeMap<>(user.extra()) // sorted, so that equal reviews are equal bytes
                .forEach(
                        (key, values) -> {
                            ArrayNode list = extra.putArray(key);
                            values.forEach(list::add);
                        });
        return review;
    }

    private static Verdict verdict(ClusterCalls.Reply reply) {
        if (!reply.isSuccess()) {
            throw new RefusedException(
                    StatusReason.SERVICE_UNAVAILABLE,
                    "the API server must review access for the metrics server, found: "
                            + reply.message()
                            + "; bind its account to the ClusterRole system:auth-delegator");
        }
        return new Verdict(
                reply.body().path("status").path("allowed").asBoolean(false),
                reply.body().path("status").path("reason").asString(""));
    }

    /** The wording of kube-apiserver, which scripts search for. */
    private static RefusedException forbidden(
            User user, ApiTarget target, @Nullable MetricPath metric, String reason) {
        String message =
                metric == null
                        ? String.format(
                                "forbidden: User \"%s\" cannot get path \"%s\"",
                                user.name(), target.path())
                        : String.format(
                                "%s.%s \"%s\" is forbidden: User \"%s\" cannot get resource \"%s\""
                                        + " in API group \"%s\" %s",
                                metric.resource(),
                                MetricPath.GROUP,
                                metric.name(),
                                user.name(),
                                metric.fullResource(),
                                MetricPath.GROUP,
                                metric.namespace().isEmpty()
                                        ? "at the cluster scope"
                                        : "in the namespace \"" + metric.namespace() + '"');
        return new RefusedException(
                StatusReason.FORBIDDEN, reason.isEmpty() ? message : message + ": " + reason);
    }
}
