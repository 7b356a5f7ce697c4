package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.tls.Sha256;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents of API discovery. Each is rendered once, and again when the resources of this
 * server or of the fallback change. For one thread.
 */
final class Discovery {

    private static final String PATH = "/apis/" + MetricPath.GROUP;

    private final Supplier<List<ApiResource>> own;

    /** Those of this server in the documents. */
    private List<ApiResource> rendered;

    private final Map<String, List<ApiResource>> fallbackResources = new HashMap<>();
    private final Map<String, Buffer> plain = new HashMap<>();

    /** By the version of the discovery API. */
    private final Map<String, Buffer> aggregated = new HashMap<>();

    private final Map<String, String> entityTags = new HashMap<>();

    /**
     * @param own the resources that this server serves itself
     * @param version the release, for {@code /version}
     */
    Discovery(Supplier<List<ApiResource>> own, String version) {
        this.own = own;
        rendered = own.get();
        plain.put("/version", DiscoveryJson.version(version));
        render();
    }

    /** Sets the fallback's resources for a version of the group. */
    void setFallbackResources(String version, List<ApiResource> resources) {
        if (!resources.equals(fallbackResources.put(version, resources))) {
            render();
        }
    }

    /** The document at the path, or null if there is none. */
    @Nullable Answer answer(
            ApiTarget target, AcceptedTypes accepted, @Nullable String ifNoneMatch) {
        List<ApiResource> now = own.get();
        if (!now.equals(rendered)) {
            rendered = now;
            render();
        }
        if (target.path().equals("/apis")) {
            String version = accepted.aggregatedDiscovery(AggregatedDiscoveryJson.VERSIONS);
            if (!version.isEmpty()) {
                return aggregated(version, ifNoneMatch);
            }
        }
        Buffer document = plain.get(target.path());
        return document == null ? null : Answer.json(document);
    }

    private Answer aggregated(String version, @Nullable String ifNoneMatch) {
        String type =
                "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
        String entityTag = entityTags.getOrDefault(version, "");
        Answer answer =
                entityTag.equals(ifNoneMatch)
                        ? Answer.notModified(type)
                        : new Answer(
                                200,
                                type,
                                aggregated.getOrDefault(version, Buffer.buffer()),
                                Map.of());
        return answer.with("ETag", entityTag).with("Vary", "Accept");
    }

    private void render() {
        Map<String, List<ApiResource>> resources = new LinkedHashMap<>();
        for (String version : MetricPath.VERSIONS) {
            resources.put(version, merged(fallbackResources.getOrDefault(version, List.of())));
        }
        plain.put("/apis", DiscoveryJson.groups());
        plain.put(PATH, DiscoveryJson.group());
        resources.forEach(
                (version, list) ->
                        plain.put(PATH + "/" + version, DiscoveryJson.resources(version, list)));
        for (String version : AggregatedDiscoveryJson.VERSIONS) {
            Buffer document = AggregatedDiscoveryJson.of(version, resources);
            aggregated.put(version, document);
            entityTags.put(version, '"' + Sha256.hex(document.getBytes()) + '"');
        }
    }

    /**
     * Our resources, then those of the fallback that we do not have. Clients refuse a parent that
     * is namespaced for one subresource and not for another: the first one of a parent decides.
     */
    private List<ApiResource> merged(List<ApiResource> fallbackResources) {
        List<ApiResource> merged = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, Boolean> scopes = new HashMap<>();
        List<ApiResource> all = new ArrayList<>(rendered);
        all.addAll(fallbackResources);
        for (ApiResource resource : all) {
            Boolean scope = scopes.putIfAbsent(resource.parent(), resource.namespaced());
            if ((scope == null || scope == resource.namespaced()) && names.add(resource.name())) {
                merged.add(resource);
            }
        }
        return merged;
    }
}
