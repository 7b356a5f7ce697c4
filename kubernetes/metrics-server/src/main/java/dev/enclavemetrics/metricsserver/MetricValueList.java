package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.process.Timestamps;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The body of a query's answer, in both versions of the group. */
final class MetricValueList {

    private MetricValueList() {}

    static Buffer json(String version, List<MetricValue> values, boolean pretty) {
        return Json.write(
                pretty,
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("kind", ApiResource.METRIC_VALUES);
                    json.writeStringProperty("apiVersion", MetricPath.GROUP + "/" + version);
                    json.writeObjectPropertyStart("metadata");
                    json.writeEndObject();
                    json.writeArrayPropertyStart("items");
                    for (MetricValue value : values) {
                        item(json, version, value);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static void item(JsonGenerator json, String version, MetricValue value) {
        boolean first = version.equals(MetricPath.V1BETA1);
        json.writeStartObject();
        json.writeObjectPropertyStart("describedObject");
        json.writeStringProperty("kind", value.kind());
        json.writeStringProperty("namespace", value.namespace());
        json.writeStringProperty("name", value.name());
        json.writeStringProperty("apiVersion", value.apiVersion());
        json.writeEndObject();
        if (first) {
            json.writeStringProperty("metricName", value.metric());
        } else {
            json.writeObjectPropertyStart("metric");
            json.writeStringProperty("name", value.metric());
            json.writeNullProperty("selector");
            json.writeEndObject();
        }
        json.writeStringProperty("timestamp", Timestamps.seconds(value.sampledAt()));
        json.writeNumberProperty(first ? "window" : "windowSeconds", value.windowSeconds());
        json.writeStringProperty("value", MetricValue.quantity(value.milli()));
        if (first) {
            json.writeNullProperty("selector");
        }
        json.writeEndObject();
    }
}
