package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Renders the documents of API discovery. */
final class DiscoveryJson {

    private DiscoveryJson() {}

    static Buffer groups() {
        return Json.object(
                false,
                json -> {
                    json.writeStringProperty("kind", "APIGroupList");
                    json.writeStringProperty("apiVersion", "v1");
                    json.writeArrayPropertyStart("groups");
                    json.writeStartObject();
                    group(json);
                    json.writeEndObject();
                    json.writeEndArray();
                });
    }

    static Buffer group() {
        return Json.object(
                false,
                json -> {
                    json.writeStringProperty("kind", "APIGroup");
                    json.writeStringProperty("apiVersion", "v1");
                    group(json);
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
        return Json.object(
                false,
                json -> {
                    json.writeStringProperty("kind", ApiResource.LIST);
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
                });
    }

    /** The answer to {@code /version}. */
    static Buffer version(String release) {
        // Clients parse numbers; a build without a release is older than all.
        String numbered = release.matches("\\d+\\.\\d+\\.\\d+.*") ? release : "0.0.0-" + release;
        String[] numbers = numbered.split("\\.", 3);
        return Json.object(
                false,
                json -> {
                    json.writeStringProperty("major", numbers[0]);
                    json.writeStringProperty("minor", numbers[1]);
                    json.writeStringProperty("gitVersion", "v" + numbered);
                    json.writeStringProperty("platform", "java " + Runtime.version().feature());
                });
    }

    static void verbs(JsonGenerator json) {
        json.writeArrayPropertyStart("verbs");
        json.writeString("get");
        json.writeEndArray();
    }
}
