package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.bootstrap.FailFast;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ServingProcess;
import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Lists the other metrics server's resources once a minute, for discovery. While it does not
 * answer, its last list stays in use. Confined to the event loop of the API.
 */
final class FallbackDiscovery {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int MAX_RESOURCES = 20_000;
    private static final int MAX_NAME_CHARS = 512;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Vertx vertx;
    private final FallbackClient fallback;
    private final FallbackVersions versions;
    private final BiConsumer<String, List<ApiResource>> listed;
    private final Log log;

    /** The last logged state of each version. */
    private final Map<String, String> logged = new HashMap<>();

    /**
     * @param listed receives the resources of a version of the group
     */
    FallbackDiscovery(
            Vertx vertx,
            FallbackClient fallback,
            FallbackVersions versions,
            BiConsumer<String, List<ApiResource>> listed,
            Log log) {
        this.vertx = vertx;
        this.fallback = fallback;
        this.versions = versions;
        this.listed = listed;
        this.log = log;
    }

    void start() {
        refresh();
    }

    /** Lists both versions together: a missing one is a problem only without the other. */
    private void refresh() {
        Map<String, Future<FallbackClient.Reply>> asked = new LinkedHashMap<>();
        for (String version : MetricPath.VERSIONS) {
            asked.put(version, fallback.get("/apis/" + MetricPath.GROUP + "/" + version));
        }
        Future.join(List.copyOf(asked.values()))
                .onComplete(ended -> FailFast.task(() -> answered(asked)).run());
    }

    private void answered(Map<String, Future<FallbackClient.Reply>> asked) {
        if (ServingProcess.isEnding()) {
            return; // the shutdown has failed them
        }
        Map<String, String> problems = new LinkedHashMap<>();
        asked.forEach((version, reply) -> problems.put(version, take(version, reply)));
        boolean ok = true;
        for (String version : MetricPath.VERSIONS) {
            ok &= publish(version, problems.getOrDefault(version, ""));
        }
        Duration pause = ok ? PAUSE : PAUSE_AFTER_FAILURE;
        vertx.setTimer(pause.toMillis(), timer -> refresh());
    }

    /** Takes a version's list; returns what is wrong with it, or empty. */
    private String take(String version, Future<FallbackClient.Reply> ended) {
        if (ended.failed()) {
            return String.valueOf(ended.cause().getMessage());
        }
        FallbackClient.Reply reply = ended.result();
        if (reply.code() == NOT_FOUND) {
            versions.setMissing(version);
        }
        if (reply.code() != OK) {
            return "code " + reply.code();
        }
        try {
            JsonNode list = Json.read(reply.body().getBytes());
            JsonNode resources = list.path("resources");
            if (!list.path("kind").asString("").equals(ApiResource.LIST)
                    || !(resources.isArray() || resources.isNull())) { // Go writes null for none
                return "no " + ApiResource.LIST;
            }
            versions.setServed(version, known(resources));
            return "";
        } catch (JacksonException e) {
            return "a list that is not JSON";
        }
    }

    /** Whether a version is served, or replaced by the other one. */
    private boolean publish(String version, String problem) {
        List<ApiResource> resources = versions.resources(version);
        if (resources != null) {
            listed.accept(version, resources);
        }
        String asked = versions.versionFor(version);
        boolean replaced = problem.equals("code " + NOT_FOUND) && !asked.equals(version);
        String state = replaced ? asked : problem;
        if (!state.equals(logged.put(version, state))) {
            if (replaced || problem.isEmpty()) {
                log.info(
                        fallback
                                + " is asked for other metrics of "
                                + version
                                + (replaced
                                        ? " in " + asked + ", the version that it serves"
                                        : ""));
            } else {
                log.warn(
                        fallback
                                + " must list its metrics of "
                                + version
                                + ", found: "
                                + problem
                                + "; retrying, its last list stays in use");
            }
        }
        return replaced || problem.isEmpty();
    }

    private static List<ApiResource> known(JsonNode list) {
        List<ApiResource> resources = new ArrayList<>();
        for (JsonNode node : list) {
            String[] names = node.path("name").asString("").split("/", -1);
            boolean known =
                    names.length == 2
                            && !names[0].isEmpty()
                            && !names[1].isEmpty()
                            && names[0].length() + names[1].length() <= MAX_NAME_CHARS;
            if (known && resources.size() < MAX_RESOURCES) {
                resources.add(
                        new ApiResource(
                                names[0],
                                names[1],
                                node.path("namespaced").asBoolean(true),
                                node.path("kind").asString(ApiResource.METRIC_VALUES)));
            }
        }
        return resources;
    }
}
