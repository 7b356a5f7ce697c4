package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the other metrics server serves in each version of the group. Most serve a single version,
 * and are then asked in that version for both, because clients use the version that this server
 * prefers. Confined to the event loop of the API.
 */
final class FallbackVersions {

    private final Map<String, List<ApiResource>> served = new HashMap<>();

    void setServed(String version, List<ApiResource> resources) {
        served.put(version, resources);
    }

    void setMissing(String version) {
        served.remove(version);
    }

    /** The version to ask in: the wanted one, unless only another is known to be served. */
    String versionFor(String wanted) {
        if (served.containsKey(wanted)) {
            return wanted;
        }
        return MetricPath.VERSIONS.stream().filter(served::containsKey).findFirst().orElse(wanted);
    }

    /** The resources for a version, or null if no list has been received. */
    @Nullable List<ApiResource> resources(String version) {
        return served.get(versionFor(version));
    }
}
