package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.auth.ClientTrustWatch;
import dev.enclavemetrics.metricsserver.cluster.MockApiServer;
import dev.enclavemetrics.metricsserver.json.Json;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An API server with lists and watches; a test sets the results of its reviews. */
final class FakeCluster implements Closeable {

    static final String PROXY = "front-proxy-client";

    /** The user of each token: name, then groups. */
    final Map<String, List<String>> tokens = new ConcurrentHashMap<>();

    /** The spec of each SubjectAccessReview. */
    final List<JsonNode> accessReviews = new CopyOnWriteArrayList<>();

    final List<String> tokenReviews = new CopyOnWriteArrayList<>();

    /** The path of each request for a token. */
    final List<String> tokenRequests = new CopyOnWriteArrayList<>();

    /** Decides which access reviews are allowed. */
    volatile Predicate<JsonNode> allowed = spec -> true;

    /** The status code of responses to reviews. */
    volatile int reviewCode = 201;

    /** The status code of responses to requests for a token. */
    volatile int tokenCode = 201;

    volatile Duration reviewDelay = Duration.ZERO;

    final KubernetesClient client;
    private final MockApiServer server;

    FakeCluster(Vertx vertx) {
        server =
                new MockApiServer(
                        new WithReviews(),
                        builder ->
                                builder.withHttpClientFactory(new Vertx5HttpClientFactory(vertx)));
        client = server.client;
    }

    /** Writes the authentication ConfigMap as kube-apiserver does. */
    void trust(String clientCaPem, String proxyCaPem) {
        ConfigMap map =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(ClientTrustWatch.NAMESPACE)
                        .withName(ClientTrustWatch.NAME)
                        .endMetadata()
                        .addToData("client-ca-file", clientCaPem)
                        .addToData("requestheader-client-ca-file", proxyCaPem)
                        .addToData("requestheader-allowed-names", "[\"" + PROXY + "\"]")
                        .addToData("requestheader-username-headers", "[\"X-Remote-User\"]")
                        .addToData("requestheader-uid-headers", "[\"X-Remote-Uid\"]")
                        .addToData("requestheader-group-headers", "[\"X-Remote-Group\"]")
                        .addToData("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")
                        .build();
        client.configMaps()
                .inNamespace(ClientTrustWatch.NAMESPACE)
                .resource(map)
                .createOr(editable -> editable.update());
    }

    void distrust() {
        client.configMaps()
                .inNamespace(ClientTrustWatch.NAMESPACE)
                .withName(ClientTrustWatch.NAME)
                .delete();
    }

    @Override
    public void close() {
        server.close();
    }

    private final class WithReviews extends KubernetesCrudDispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String path = Objects.requireNonNull(request.getPath());
            if (path.endsWith("/tokenreviews")) {
                return reviewed(tokenReview(request));
            }
            if (path.endsWith("/subjectaccessreviews")) {
                return reviewed(accessReview(request));
            }
            if (path.endsWith("/token")) {
                return token(path, spec(request).path("audiences").path(0).asString());
            }
            return super.dispatch(request);
        }

        private MockResponse token(String path, String audience) {
            tokenRequests.add(path);
            ObjectNode answer = Json.mapper().createObjectNode();
            answer.putObject("status")
                    .put(
                            "token",
                            "token-%d-of-%s-for-%s"
                                    .formatted(
                                            tokenRequests.size(),
                                            path.split("/", -1)[6],
                                            audience));
            return new MockResponse().setResponseCode(tokenCode).setBody(answer.toString());
        }

        private MockResponse reviewed(ObjectNode status) {
            MockResponse response = new MockResponse().setResponseCode(reviewCode);
            response.setHeader("Content-Type", "application/json");
            if (!reviewDelay.isZero()) {
                response.setBodyDelay(reviewDelay);
            }
            ObjectNode review = Json.mapper().createObjectNode();
            review.set("status", status);
            return response.setBody(
                    reviewCode == 201 ? review.toString() : "{\"message\":\"not today\"}");
        }

        private ObjectNode tokenReview(RecordedRequest request) {
            String token = spec(request).path("token").asString();
            tokenReviews.add(token);
            List<String> user = tokens.get(token);
            ObjectNode status = Json.mapper().createObjectNode();
            status.put("authenticated", user != null);
            if (user != null) {
                ObjectNode node = status.putObject("user").put("username", user.get(0));
                var groups = node.putArray("groups");
                user.subList(1, user.size()).forEach(groups::add);
                node.putObject("extra").putArray("pod").add("hpa-0");
            }
            return status;
        }

        private ObjectNode accessReview(RecordedRequest request) {
            JsonNode spec = spec(request);
            accessReviews.add(spec);
            return Json.mapper().createObjectNode().put("allowed", allowed.test(spec));
        }

        private static JsonNode spec(RecordedRequest request) {
            return Json.mapper().readTree(request.getUtf8Body()).path("spec");
        }
    }
}
