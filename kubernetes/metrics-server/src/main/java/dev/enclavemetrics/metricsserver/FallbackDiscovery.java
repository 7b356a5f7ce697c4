package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.process.Log;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks the other metrics server once a minute what it has, and hands that to the discovery. While
 * it does not answer, what it last had stands. On the event loop of the API.
 */
final class FallbackDiscovery {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int MOST_RESOURCES = 20_000;
    private static final int MOST_NAME_CHARS = 512;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Vertx vertx;
    private final Fallback fallback;
    private final Discovery discovery;
    private final Log log;

    /** What was last told of each version. */
    private final Map<String, String> told = new HashMap<>();

    FallbackDiscovery(Vertx vertx, Fallback fallback, Discovery discovery, Log log) {
        this.vertx = vertx;
        this.fallback = fallback;
        this.discovery = discovery;
        this.log = log;
    }

    void start() {
        MetricPath.VERSIONS.forEach(this::refresh);
    }

    private void refresh(String version) {
        fallback.get("/apis/" + MetricPath.GROUP + "/" + version)
                .onComplete(
                        ended -> {
                            String trouble =
                                    ended.succeeded()
                                            ? take(version, ended.result())
                                            : String.valueOf(ended.cause().getMessage());
                            tell(version, trouble);
                            Duration pause = trouble.isEmpty() ? PAUSE : PAUSE_AFTER_FAILURE;
                            vertx.setTimer(pause.toMillis(), timer -> refresh(version));
                        });
    }

    /** Why the reply is none, or empty. */
    private String take(String version, Fallback.Reply reply) {
        if (reply.code() == NOT_FOUND) {
            discovery.others(version, List.of()); // it does not have this version
            return "";
        }
        if (reply.code() != OK) {
            return "code " + reply.code();
        }
        try {
            discovery.others(version, resources(Json.read(reply.body().getBytes())));
            return "";
        } catch (JacksonException e) {
            return "a list that is no JSON";
        }
    }

    private static List<ApiResource> resources(JsonNode list) {
        List<ApiResource> resources = new ArrayList<>();
        for (JsonNode node : list.path("resources")) {
            String[] names = node.path("name").asString("").split("/", -1);
            boolean known =
                    names.length == 2
                            && !names[0].isEmpty()
                            && !names[1].isEmpty()
                            && names[0].length() + names[1].length() <= MOST_NAME_CHARS;
            if (known && resources.size() < MOST_RESOURCES) {
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

    private void tell(String version, String trouble) {
        if (trouble.equals(told.put(version, trouble))) {
            return;
        }
        if (trouble.isEmpty()) {
            log.info(fallback + " is asked for other metrics of " + version);
        } else {
            log.warn(
                    fallback
                            + " must list its metrics of "
                            + version
                            + ", found: "
                            + trouble
                            + "; trying again, what it last had stands");
        }
    }
}
