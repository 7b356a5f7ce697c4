package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import io.vertx.core.buffer.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates another server's list of values to the other version of the group. Items differ in two
 * points (k8s.io/metrics, custom_metrics): the metric is {@code metricName} and {@code selector} in
 * v1beta1, an object {@code metric} of both in v1beta2; the window is {@code window}, then {@code
 * windowSeconds}.
 */
final class ItemVersions {

    private static final String API_VERSION = "apiVersion";
    private static final String METRIC = "metric";
    private static final String METRIC_NAME = "metricName";
    private static final String SELECTOR = "selector";
    private static final String WINDOW = "window";
    private static final String WINDOW_SECONDS = "windowSeconds";

    private ItemVersions() {}

    /**
     * @param version the version to translate to
     * @throws JacksonException if it is not JSON
     * @throws IllegalArgumentException if it is not such a list
     */
    static Buffer translated(Buffer list, String version) {
        if (!(Json.read(list.getBytes()) instanceof ObjectNode tree)
                || !tree.path("kind").asString("").equals(ApiResource.METRIC_VALUES)) {
            throw new IllegalArgumentException("not a " + ApiResource.METRIC_VALUES);
        }
        tree.put(API_VERSION, MetricPath.GROUP + "/" + version);
        for (JsonNode node : tree.path("items")) {
            if (!(node instanceof ObjectNode item)) {
                throw new IllegalArgumentException("an item that is not an object");
            }
            if (version.equals(MetricPath.V1BETA2)) {
                newer(item);
            } else {
                older(item);
            }
        }
        return Buffer.buffer(Json.bytes(tree));
    }

    private static void newer(ObjectNode item) {
        ObjectNode metric = Json.mapper().createObjectNode();
        move(item, METRIC_NAME, metric, "name");
        move(item, SELECTOR, metric, SELECTOR);
        item.set(METRIC, metric);
        move(item, WINDOW, item, WINDOW_SECONDS);
    }

    private static void older(ObjectNode item) {
        if (item.remove(METRIC) instanceof ObjectNode metric) {
            move(metric, "name", item, METRIC_NAME);
            move(metric, SELECTOR, item, SELECTOR);
        }
        move(item, WINDOW_SECONDS, item, WINDOW);
    }

    private static void move(ObjectNode from, String field, ObjectNode to, String as) {
        JsonNode value = from.remove(field);
        if (value != null) {
            to.set(as, value);
        }
    }
}
