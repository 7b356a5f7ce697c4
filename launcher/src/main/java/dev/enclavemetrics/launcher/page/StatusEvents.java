package dev.enclavemetrics.launcher.page;

import dev.enclavemetrics.bootstrap.Timestamps;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.render.JsonBody;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.launcher.snapshot.Snapshot;
import dev.enclavemetrics.launcher.snapshot.UsagePoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/**
 * Renders what the status page shows as server-sent events: {@code history} with all points of the
 * chart, {@code update} with new ones only, {@code beat} without data.
 */
final class StatusEvents {

    /** How long a page waits before it reconnects. */
    private static final int RETRY_MS = 2000;

    static final byte[] BEAT = "event: beat\ndata: \n\n".getBytes(StandardCharsets.US_ASCII);

    private final String enclave;
    private final String version;
    private final long startNs;

    /**
     * Renders for one launcher.
     *
     * @param enclave where the launcher dials, for display
     * @param startNs the monotonic time that points are counted from
     */
    StatusEvents(String enclave, String version, long startNs) {
        this.enclave = enclave;
        this.version = version;
        this.startNs = startNs;
    }

    /** Everything, for a new page. */
    byte[] history(Snapshot snapshot, List<UsagePoint> points, long nowNs, Instant now) {
        byte[] status =
                JsonBody.object(
                        json -> {
                            json.writeStringProperty("launcher", version);
                            json.writeStringProperty("enclave", enclave);
                            status(json, snapshot, points, nowNs, now);
                        });
        return event("retry: " + RETRY_MS + "\nevent: history", status);
    }

    /** What is new, for a page that has the rest. */
    byte[] update(Snapshot snapshot, List<UsagePoint> points, long nowNs, Instant now) {
        return event(
                "event: update",
                JsonBody.object(json -> status(json, snapshot, points, nowNs, now)));
    }

    private static byte[] event(String head, byte[] json) {
        String text = head + "\ndata: " + new String(json, StandardCharsets.UTF_8) + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void status(
            JsonGenerator json,
            Snapshot snapshot,
            List<UsagePoint> points,
            long nowNs,
            Instant now) {
        CurrentValue value = snapshot.readAt(nowNs);
        json.writeNumberProperty("now", now.toEpochMilli());
        json.writeNumberProperty("at", atMs(nowNs));
        if (value instanceof CurrentValue.Fresh fresh) {
            json.writeStringProperty("state", "Fresh");
            MetricsFrame frame = fresh.received().frame();
            usage(json, frame);
            EnclaveDetails.write(json, frame);
        } else {
            json.writeStringProperty("state", ((CurrentValue.Absent) value).reason().name());
        }
        ReceivedFrame last = snapshot.last();
        if (last != null) {
            json.writeStringProperty("lastValue", Timestamps.format(last.sampleTime()));
        }
        json.writeStringProperty("message", OperatorHint.found(snapshot, value));
        json.writeStringProperty("next", OperatorHint.after(snapshot, value));
        json.writeArrayPropertyStart("points");
        for (UsagePoint point : points) {
            point(json, point);
        }
        json.writeEndArray();
    }

    private static void usage(JsonGenerator json, MetricsFrame frame) {
        json.writeObjectPropertyStart("usage");
        json.writeNumberProperty("cpu", JsonBody.usage(frame.cpuUsage()));
        json.writeNumberProperty("memory", JsonBody.usage(frame.memoryUsage()));
        json.writeNumberProperty("busiestCore", JsonBody.usage(frame.busiestCoreUsage()));
        json.writeNumberProperty("cores", frame.coresOnline());
        json.writeNumberProperty("memoryTotalBytes", frame.memoryTotalBytes());
        json.writeNumberProperty(
                "memoryUsedBytes", frame.memoryTotalBytes() - frame.memoryAvailableBytes());
        json.writeNumberProperty("filesystemBytes", frame.filesystemBytes());
        json.writeNumberProperty("windowSeconds", JsonBody.seconds(frame.windowMs()));
        json.writeNumberProperty("intervalSeconds", JsonBody.seconds(frame.intervalMs()));
        json.writeNumberProperty("uptimeSeconds", TimeUnit.NANOSECONDS.toSeconds(frame.uptimeNs()));
        json.writeEndObject();
    }

    /** Number, ms since the launcher's start, both usages; and a 1 where it comes after a gap. */
    private void point(JsonGenerator json, UsagePoint point) {
        json.writeStartArray();
        json.writeNumber(point.number());
        json.writeNumber(atMs(point.atNs()));
        json.writeNumber(point.cpuUsage());
        json.writeNumber(point.memoryUsage());
        if (point.afterGap()) {
            json.writeNumber(1);
        }
        json.writeEndArray();
    }

    private long atMs(long timeNs) {
        return TimeUnit.NANOSECONDS.toMillis(timeNs - startNs);
    }
}
