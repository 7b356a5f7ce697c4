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
import org.jspecify.annotations.Nullable;

/**
 * What this server has, for clients that look before they ask: each document rendered once, and
 * anew when the other metrics server's list changes. For one thread.
 */
final class Discovery {

    private static final String PATH = "/apis/" + MetricPath.GROUP;

    private final List<ApiResource> own;
    private final Map<String, List<ApiResource>> others = new HashMap<>();
    private final Map<String, Buffer> plain = new HashMap<>();

    /** By the version of the discovery API. */
    private final Map<String, Buffer> aggregated = new HashMap<>();

    private final Map<String, String> tags = new HashMap<>();

    /**
     * @param own what this server answers itself
     * @param version the release, for {@code /version}
     */
    Discovery(List<ApiResource> own, String version) {
        this.own = List.copyOf(own);
        plain.put("/version", DiscoveryJson.version(version));
        render();
    }

    /** Takes the list of the other metrics server for one version of the group. */
    void others(String version, List<ApiResource> resources) {
        if (!resources.equals(others.put(version, resources))) {
            render();
        }
    }

    /** The document at the path, or null if there is none. */
    @Nullable Answer answer(ApiTarget target, AcceptedTypes accepted, @Nullable String knownTag) {
        if (target.path().equals("/apis")) {
            String version = accepted.aggregatedDiscovery(AggregatedDiscoveryJson.VERSIONS);
            if (!version.isEmpty()) {
                return aggregated(version, knownTag);
            }
        }
        Buffer document = plain.get(target.path());
        return document == null ? null : Answer.json(document);
    }

    private Answer aggregated(String version, @Nullable String knownTag) {
        String type =
                "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
        String tag = tags.getOrDefault(version, "");
        Answer answer =
                tag.equals(knownTag)
                        ? Answer.notModified(type)
                        : new Answer(
                                200,
                                type,
                                aggregated.getOrDefault(version, Buffer.buffer()),
                                Map.of());
        return answer.with("ETag", tag).with("Vary", "Accept");
    }

    private void render() {
        Map<String, List<ApiResource>> resources = new LinkedHashMap<>();
        for (String version : MetricPath.VERSIONS) {
            resources.put(version, merged(others.getOrDefault(version, List.of())));
        }
        plain.put("/apis", DiscoveryJson.groups());
        plain.put(PATH, DiscoveryJson.group());
        resources.forEach(
                (version, list) ->
                        plain.put(PATH + "/" + version, DiscoveryJson.resources(version, list)));
        for (String version : AggregatedDiscoveryJson.VERSIONS) {
            Buffer document = AggregatedDiscoveryJson.of(version, resources);
            aggregated.put(version, document);
            tags.put(version, '"' + Sha256.hex(document.getBytes()) + '"');
        }
    }

    /**
     * Ours and then the other's; where both have one ours stands. Clients refuse a parent that is
     * namespaced for one subresource and not for another: the first of a parent decides.
     */
    private List<ApiResource> merged(List<ApiResource> others) {
        List<ApiResource> merged = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, Boolean> scopes = new HashMap<>();
        List<ApiResource> all = new ArrayList<>(own);
        all.addAll(others);
        for (ApiResource resource : all) {
            Boolean scope = scopes.putIfAbsent(resource.parent(), resource.namespaced());
            if ((scope == null || scope == resource.namespaced()) && names.add(resource.name())) {
                merged.add(resource);
            }
        }
        return merged;
    }
}
