package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.metricsserver.json.JsonBytes;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * The body of a query's answer, in both versions of the group. Its items differ only in name, time,
 * window and value; the bytes between those are rendered once per list.
 */
final class MetricValueList {

    /** What is the same for all items. */
    record Shared(
            String version, String kind, String apiVersion, String namespace, String metric) {}

    private static final byte[] TO_NEXT = new JsonBytes().raw(",").toArray();
    private static final byte[] TO_VALUE = new JsonBytes().raw(",\"value\":\"").toArray();

    private final JsonBytes json;
    private final byte[] toName;
    private final byte[] toTime;
    private final byte[] toWindow;
    private final byte[] toEnd;
    private boolean empty = true;

    /** An empty list, written into the given array. */
    MetricValueList(JsonBytes json, Shared shared) {
        this.json = json.clear();
        boolean first = shared.version().equals(MetricPath.V1BETA1);
        toName =
                new JsonBytes()
                        .raw("{\"describedObject\":{\"kind\":\"")
                        .text(shared.kind())
                        .raw("\",\"namespace\":\"")
                        .text(shared.namespace())
                        .raw("\",\"name\":\"")
                        .toArray();
        toTime =
                new JsonBytes()
                        .raw("\",\"apiVersion\":\"")
                        .text(shared.apiVersion())
                        .raw(first ? "\"},\"metricName\":\"" : "\"},\"metric\":{\"name\":\"")
                        .text(shared.metric())
                        .raw(
                                first
                                        ? "\",\"timestamp\":\""
                                        : "\",\"selector\":null},\"timestamp\":\"")
                        .toArray();
        toWindow =
                new JsonBytes().raw(first ? "\",\"window\":" : "\",\"windowSeconds\":").toArray();
        toEnd = new JsonBytes().raw(first ? "\",\"selector\":null}" : "\"}").toArray();
        json.raw("{\"kind\":\"" + ApiResource.METRIC_VALUES)
                .raw("\",\"apiVersion\":\"" + MetricPath.GROUP + "/" + shared.version())
                .raw("\",\"metadata\":{},\"items\":[");
    }

    /**
     * @param value a quantity
     */
    MetricValueList add(String name, Instant sampledAt, int windowSeconds, String value) {
        if (!empty) {
            json.raw(TO_NEXT);
        }
        empty = false;
        json.raw(toName).text(name).raw(toTime).seconds(sampledAt);
        json.raw(toWindow).number(windowSeconds);
        json.raw(TO_VALUE).text(value).raw(toEnd);
        return this;
    }

    boolean isEmpty() {
        return empty;
    }

    /** Ends the list and returns it; nothing can be added after that. */
    Buffer end(boolean pretty) {
        json.raw("]}");
        return pretty ? Buffer.buffer(Json.pretty(json.toArray())) : json.toBuffer();
    }
}
