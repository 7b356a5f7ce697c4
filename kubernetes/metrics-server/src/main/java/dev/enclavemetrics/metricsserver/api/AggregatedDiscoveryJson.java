package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Renders aggregated discovery, one document for the group, used since Kubernetes 1.26. */
final class AggregatedDiscoveryJson {

    /** The versions of apidiscovery.k8s.io; Kubernetes before 1.30 knows only the second. */
    static final List<String> VERSIONS = List.of("v2", "v2beta1");

    private AggregatedDiscoveryJson() {}

    /**
     * @param version of the discovery API
     * @param resources by the version of our group
     */
    static Buffer of(String version, Map<String, List<ApiResource>> resources) {
        return Json.object(
                false,
                json -> {
                    json.writeStringProperty("kind", "APIGroupDiscoveryList");
                    json.writeStringProperty("apiVersion", "apidiscovery.k8s.io/" + version);
                    json.writeObjectPropertyStart("metadata");
                    json.writeEndObject();
                    json.writeArrayPropertyStart("items");
                    json.writeStartObject();
                    json.writeObjectPropertyStart("metadata");
                    json.writeStringProperty("name", MetricPath.GROUP);
                    json.writeEndObject();
                    json.writeArrayPropertyStart("versions");
                    resources.forEach((ours, list) -> aggregatedVersion(json, ours, list));
                    json.writeEndArray();
                    json.writeEndObject();
                    json.writeEndArray();
                });
    }

    private static void aggregatedVersion(
            JsonGenerator json, String version, List<ApiResource> resources) {
        Map<String, List<ApiResource>> parents = new LinkedHashMap<>();
        for (ApiResource resource : resources) {
            parents.computeIfAbsent(resource.parent(), name -> new ArrayList<>()).add(resource);
        }
        json.writeStartObject();
        json.writeStringProperty("version", version);
        json.writeStringProperty("freshness", "Current");
        json.writeArrayPropertyStart("resources");
        parents.forEach((parent, list) -> parent(json, version, parent, list));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void parent(
            JsonGenerator json, String version, String name, List<ApiResource> resources) {
        json.writeStartObject();
        json.writeStringProperty("resource", name);
        kind(json, "", "", ""); // never null: client-go 0.26.0 to 0.26.3 panics
        json.writeStringProperty("scope", resources.get(0).namespaced() ? "Namespaced" : "Cluster");
        json.writeStringProperty("singularResource", "");
        json.writeArrayPropertyStart("verbs");
        json.writeEndArray();
        json.writeArrayPropertyStart("subresources");
        for (ApiResource resource : resources) {
            json.writeStartObject();
            json.writeStringProperty("subresource", resource.subresource());
            kind(json, MetricPath.GROUP, version, resource.kind());
            DiscoveryJson.verbs(json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void kind(JsonGenerator json, String group, String version, String kind) {
        json.writeObjectPropertyStart("responseKind");
        json.writeStringProperty("group", group);
        json.writeStringProperty("version", version);
        json.writeStringProperty("kind", kind);
        json.writeEndObject();
    }
}
