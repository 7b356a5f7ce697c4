package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the other metrics server has in each version of the group. One that serves a single version,
 * as most do, is asked in that one for both: clients use the version that this server prefers. On
 * the event loop of the API.
 */
final class FallbackVersions {

    private final Map<String, List<ApiResource>> served = new HashMap<>();

    void serves(String version, List<ApiResource> resources) {
        served.put(version, resources);
    }

    void lacks(String version) {
        served.remove(version);
    }

    /** The version to ask in; the one that is wanted unless only another is known to be served. */
    String toAsk(String wanted) {
        if (served.containsKey(wanted)) {
            return wanted;
        }
        return MetricPath.VERSIONS.stream().filter(served::containsKey).findFirst().orElse(wanted);
    }

    /** What can be asked for in a version, or null if no list has come. */
    @Nullable List<ApiResource> resources(String version) {
        return served.get(toAsk(version));
    }
}
