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

    private final JsonNode configMap;

    ApiDocuments() {
        Map<String, Object> authentication =
                Map.of(
                        "client-ca-file", authority(),
                        "requestheader-client-ca-file", authority(),
                        "requestheader-allowed-names", "[\"front-proxy-client\"]",
                        "requestheader-username-headers", "[\"X-Remote-User\"]",
                        "requestheader-group-headers", "[\"X-Remote-Group\"]",
                        "requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]");
        configMap =
                tree(
                        Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "ConfigMap",
                                "metadata",
                                metadata("kube-system", CONFIG_MAP),
                                "data",
                                authentication));
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
        Map<String, Object> labels = Map.of("matchLabels", Map.of("app", name));
        return tree(
                Map.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "Deployment",
                        "metadata",
                        metadata(namespace, name),
                        "spec",
                        Map.of("selector", labels)));
    }

    private static JsonNode resources() {
        return tree(
                Map.of(
                        "kind",
                        "APIResourceList",
                        "groupVersion",
                        "v1",
                        "resources",
                        List.of(
                                resource("pods", "pod", true, "Pod", List.of("po")),
                                resource(
                                        "namespaces",
                                        "namespace",
                                        false,
                                        "Namespace",
                                        List.of("ns")))));
    }

    private static Map<String, Object> resource(
            String name,
            String singular,
            boolean namespaced,
            String kind,
            List<String> shortNames) {
        return Map.of(
                "name",
                name,
                "singularName",
                singular,
                "namespaced",
                namespaced,
                "kind",
                kind,
                "verbs",
                List.of("get", "list", "watch"),
                "shortNames",
                shortNames);
    }

    private static JsonNode list(String kind, List<JsonNode> items) {
        return tree(
                Map.of(
                        "kind",
                        kind,
                        "apiVersion",
                        "v1",
                        "metadata",
                        Map.of("resourceVersion", "1000"),
                        "items",
                        items));
    }

    private static Map<String, Object> metadata(String namespace, String name) {
        return Map.of("namespace", namespace, "name", name, "resourceVersion", "1000");
    }

    private static JsonNode tree(Map<String, Object> members) {
        return JsonMapper.shared().valueToTree(members);
    }
}
