package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.bootstrap.Timestamps;
import dev.enclavemetrics.contract.EnclaveStatus;
import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.metricsserver.store.PodView;
import dev.enclavemetrics.metricsserver.store.Point;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * The body of {@code enclave_status}: each watched pod with its usages and the asked metrics, or
 * why it has none.
 */
final class StatusList {

    private StatusList() {}

    /**
     * @param metrics those to show of each pod, if it has them
     */
    static Buffer json(
            String version, List<PodView> pods, List<PodMetric> metrics, boolean pretty) {
        return Json.object(
                pretty,
                json -> {
                    json.writeStringProperty("kind", EnclaveStatus.LIST_KIND);
                    json.writeStringProperty("apiVersion", MetricPath.GROUP + "/" + version);
                    json.writeObjectPropertyStart("metadata");
                    json.writeEndObject();
                    json.writeArrayPropertyStart("items");
                    pods.forEach(pod -> item(json, pod, metrics));
                    json.writeEndArray();
                });
    }

    private static void item(JsonGenerator json, PodView pod, List<PodMetric> metrics) {
        json.writeStartObject();
        json.writeStringProperty("namespace", pod.pod().namespace());
        json.writeStringProperty("name", pod.pod().name());
        json.writeBooleanProperty("ready", pod.pod().ready());
        Point point = pod.point();
        if (point != null) {
            json.writeStringProperty("cpu", Quantity.ofMilli(point.cpuMilli()));
            json.writeStringProperty("memory", Quantity.ofMilli(point.memoryMilli()));
            json.writeStringProperty("timestamp", Timestamps.seconds(point.sampledAt()));
            json.writeNumberProperty("windowSeconds", point.windowSeconds());
            if (!metrics.isEmpty()) {
                json.writeObjectPropertyStart("metrics");
                metrics.forEach(metric -> metric(json, metric, point));
                json.writeEndObject();
            }
        }
        json.writeStringProperty("reason", pod.reason().word());
        json.writeStringProperty("message", pod.reason().detail());
        json.writeEndObject();
    }

    private static void metric(JsonGenerator json, PodMetric metric, Point point) {
        double value = metric.value(point);
        if (!Double.isNaN(value)) {
            json.writeStringProperty(metric.name(), metric.quantity(value));
        }
    }
}
