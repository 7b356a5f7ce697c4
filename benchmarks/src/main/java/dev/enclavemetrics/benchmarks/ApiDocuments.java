package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The responses of the simulated kube-apiserver, except for pods: reviews, the authentication
 * ConfigMap, Events, workloads, and the discovery that kubectl needs.
 */
final class ApiDocuments {

    /** The token that a TokenReview accepts. */
    static final String TOKEN = "simulated";

    private static final String CONFIG_MAPS = "/api/v1/namespaces/kube-system/configmaps";
    private static final String CONFIG_MAP = "extension-apiserver-authentication";
    private static final Pattern WORKLOAD =
            Pattern.compile("/apis/apps/v1/namespaces/([^/]+)/deployments/([^/]+)");
    private static final Pattern WORKLOADS =
            Pattern.compile(
                    "/apis/apps/v1/(namespaces/[^/]+/)?(deployments|replicasets|statefulsets)"
                            + "|/api/v1/(namespaces/[^/]+/)?services");

    private final ObjectNode configMap = object("v1", "ConfigMap", "kube-system", CONFIG_MAP);

    ApiDocuments() {
        configMap
                .putObject("data")
                .put("client-ca-file", authority())
                .put("requestheader-client-ca-file", authority())
                .put("requestheader-allowed-names", "[\"front-proxy-client\"]")
                .put("requestheader-username-headers", "[\"X-Remote-User\"]")
                .put("requestheader-group-headers", "[\"X-Remote-Group\"]")
                .put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]");
    }

    private static String authority() {
        try (InputStream file = ApiDocuments.class.getResourceAsStream("simulated-ca.pem")) {
            if (file == null) {
                throw new IllegalStateException("simulated-ca.pem must be beside this class");
            }
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for an unknown path, which is a 404. */
    Optional<JsonNode> get(String path) {
        Matcher workload = WORKLOAD.matcher(path);
        if (workload.matches()) {
            return Optional.of(deployment(workload.group(1), workload.group(2)));
        }
        if (WORKLOADS.matcher(path).matches()) {
            return Optional.of(list("List", List.of()));
        }
        return Optional.ofNullable(
                switch (path) {
                    case CONFIG_MAPS -> list("ConfigMapList", List.of(configMap));
                    case CONFIG_MAPS + "/" + CONFIG_MAP -> configMap;
                    case "/version" ->
                            tree(Map.of("major", "1", "minor", "34", "gitVersion", "v1.34.0"));
                    case "/api" -> tree(Map.of("kind", "APIVersions", "versions", List.of("v1")));
                    case "/apis" ->
                            tree(
                                    Map.of(
                                            "kind",
                                            "APIGroupList",
                                            "apiVersion",
                                            "v1",
                                            "groups",
                                            List.of()));
                    case "/api/v1" -> resources();
                    default -> null;
                });
    }

    /** Whether a watch of it stays open; these objects never change. */
    static boolean watchable(String path) {
        return path.equals(CONFIG_MAPS) || WORKLOADS.matcher(path).matches();
    }

    /** The response to a POST or PATCH. */
    Optional<JsonNode> accept(String path, byte[] body) {
        JsonNode sent = JsonMapper.shared().readTree(body);
        if (!(sent instanceof ObjectNode review)) {
            return Optional.empty();
        }
        if (path.endsWith("/subjectaccessreviews")) {
            review.set("status", tree(Map.of("allowed", true)));
        } else if (path.endsWith("/tokenreviews")) {
            boolean known = TOKEN.equals(sent.path("spec").path("token").asString(""));
            review.set("status", known ? user() : tree(Map.of("authenticated", false)));
        } else if (!path.contains("/events")) {
            return Optional.empty();
        }
        return Optional.of(review);
    }

    private static JsonNode user() {
        Map<String, Object> user =
                Map.of(
                        "username",
                        "system:serviceaccount:kube-system:horizontal-pod-autoscaler",
                        "groups",
                        List.of("system:serviceaccounts", "system:authenticated"));
        return tree(Map.of("authenticated", true, "user", user));
    }

    private static JsonNode deployment(String namespace, String name) {
        ObjectNode deployment = object("apps/v1", "Deployment", namespace, name);
        deployment
                .putObject("spec")
                .putObject("selector")
                .putObject("matchLabels")
                .put("app", name);
        return deployment;
    }

    private static JsonNode resources() {
        return JsonMapper.shared()
                .readTree(
                        """
                        {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
                          {"name": "pods", "singularName": "pod", "namespaced": true,
                           "kind": "Pod", "verbs": ["get", "list", "watch"],
                           "shortNames": ["po"]},
                          {"name": "namespaces", "singularName": "namespace", "namespaced": false,
                           "kind": "Namespace", "verbs": ["get", "list", "watch"],
                           "shortNames": ["ns"]}]}
                        """);
    }

    private static JsonNode list(String kind, List<JsonNode> items) {
        ObjectNode list = JsonMapper.shared().createObjectNode();
        list.put("kind", kind).put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", "1000");
        list.putArray("items").addAll(items);
        return list;
    }

    private static ObjectNode object(
            String apiVersion, String kind, String namespace, String name) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata")
                .put("namespace", namespace)
                .put("name", name)
                .put("resourceVersion", "1000");
        return object;
    }

    private static JsonNode tree(Map<String, Object> members) {
        return JsonMapper.shared().valueToTree(members);
    }
}
