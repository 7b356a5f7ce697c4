package dev.enclavemetrics.metricsserver;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** The documents of discovery, in the forms that Kubernetes' clients know. */
final class DiscoveryJson {

    /** Of apidiscovery.k8s.io; Kubernetes before 1.30 knows only the second. */
    static final List<String> AGGREGATED_VERSIONS = List.of("v2", "v2beta1");

    private DiscoveryJson() {}

    static Buffer groups() {
        return Json.write(
                false,
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("kind", "APIGroupList");
                    json.writeStringProperty("apiVersion", "v1");
                    json.writeArrayPropertyStart("groups");
                    json.writeStartObject();
                    group(json);
                    json.writeEndObject();
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    static Buffer group() {
        return Json.write(
                false,
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("kind", "APIGroup");
                    json.writeStringProperty("apiVersion", "v1");
                    group(json);
                    json.writeEndObject();
                });
    }

    private static void group(JsonGenerator json) {
        json.writeStringProperty("name", MetricPath.GROUP);
        json.writeArrayPropertyStart("versions");
        for (String version : MetricPath.VERSIONS) {
            json.writeStartObject();
            version(json, version);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("preferredVersion");
        version(json, MetricPath.VERSIONS.get(0));
        json.writeEndObject();
    }

    private static void version(JsonGenerator json, String version) {
        json.writeStringProperty("groupVersion", MetricPath.GROUP + "/" + version);
        json.writeStringProperty("version", version);
    }

    static Buffer resources(String version, List<ApiResource> resources) {
        return Json.write(
                false,
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("kind", "APIResourceList");
                    json.writeStringProperty("apiVersion", "v1");
                    json.writeStringProperty("groupVersion", MetricPath.GROUP + "/" + version);
                    json.writeArrayPropertyStart("resources");
                    for (ApiResource resource : resources) {
                        json.writeStartObject();
                        json.writeStringProperty("name", resource.name());
                        json.writeStringProperty("singularName", "");
                        json.writeBooleanProperty("namespaced", resource.namespaced());
                        json.writeStringProperty("kind", resource.kind());
                        verbs(json);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static void verbs(JsonGenerator json) {
        json.writeArrayPropertyStart("verbs");
        json.writeString("get");
        json.writeEndArray();
    }

    /**
     * @param version of the discovery API
     * @param resources by the version of our group
     */
    static Buffer aggregated(String version, Map<String, List<ApiResource>> resources) {
        return Json.write(
                false,
                json -> {
                    json.writeStartObject();
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
                    json.writeEndObject();
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
            verbs(json);
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
