package dev.enclavemetrics.launcher.snapshot;

import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.FrameEncoder;
import dev.enclavemetrics.frame.HealthField;
import dev.enclavemetrics.frame.MetricsFrame;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames as an agent sends them. */
public final class Frames {

    static final long TOTAL_BYTES = 2L << 30;
    static final List<Long> CPU_TIME_MS =
            List.of(1000L, 2000L, 3000L, 4000L, 5000L, 6000L, 7000L, 8000L);

    private Frames() {}

    public static MetricsFrame frame(long sequence, int intervalMs) {
        return frame(sequence, intervalMs, 0.4213, 0.3127);
    }

    public static MetricsFrame frame(long sequence, int intervalMs, double cpu, double memory) {
        return frame(sequence, intervalMs, 15_000, cpu, memory);
    }

    public static MetricsFrame frame(
            long sequence, int intervalMs, long windowMs, double cpu, double memory) {
        return new MetricsFrame(
                sequence,
                90_500_000_000L,
                intervalMs,
                windowMs,
                cpu,
                memory,
                0.81,
                2,
                true,
                false,
                TOTAL_BYTES,
                TOTAL_BYTES / 2,
                3L << 20,
                CPU_TIME_MS,
                Map.of(),
                null,
                List.of());
    }

    /** Returns a frame sampled at this uptime of the enclave. */
    public static MetricsFrame sampledAt(
            long uptimeNs, long sequence, int intervalMs, boolean coarse) {
        MetricsFrame frame = frame(sequence, intervalMs);
        return new MetricsFrame(
                sequence,
                uptimeNs,
                intervalMs,
                frame.windowMs(),
                frame.cpuUsage(),
                frame.memoryUsage(),
                frame.busiestCoreUsage(),
                frame.coresOnline(),
                frame.inMemoryRoot(),
                coarse,
                frame.memoryTotalBytes(),
                frame.memoryAvailableBytes(),
                frame.filesystemBytes(),
                frame.cpuTimeMs(),
                frame.health(),
                frame.ending(),
                frame.application());
    }

    /** Returns the frame with health metrics, an ending or null, and application metrics. */
    public static MetricsFrame with(
            MetricsFrame frame,
            Map<HealthField, Long> health,
            @Nullable Ending ending,
            ApplicationMetric... application) {
        return new MetricsFrame(
                frame.sequence(),
                frame.uptimeNs(),
                frame.intervalMs(),
                frame.windowMs(),
                frame.cpuUsage(),
                frame.memoryUsage(),
                frame.busiestCoreUsage(),
                frame.coresOnline(),
                frame.inMemoryRoot(),
                frame.coarseResolution(),
                frame.memoryTotalBytes(),
                frame.memoryAvailableBytes(),
                frame.filesystemBytes(),
                frame.cpuTimeMs(),
                health,
                ending,
                List.of(application));
    }

    /** Returns a frame with all health metrics and one application metric. */
    public static MetricsFrame full() {
        Map<HealthField, Long> health = new EnumMap<>(HealthField.class);
        for (HealthField field : HealthField.ALL) {
            health.put(field, 1_500_000L + field.index());
        }
        return with(frame(1, 1000), health, null, new ApplicationMetric("queue_depth", 60));
    }

    public static byte[] bytes(long sequence, int intervalMs) {
        return bytes(frame(sequence, intervalMs));
    }

    public static byte[] bytes(MetricsFrame frame) {
        int applicationBytes =
                frame.application().stream()
                        .mapToInt(metric -> ApplicationMetric.bytes(metric.name().length()))
                        .sum();
        FrameEncoder encoder =
                new FrameEncoder(applicationBytes)
                        .sequence(frame.sequence())
                        .uptimeNs(frame.uptimeNs())
                        .intervalMs(frame.intervalMs())
                        .windowMs(frame.windowMs())
                        .cpuUsage(frame.cpuUsage())
                        .memoryUsage(frame.memoryUsage())
                        .busiestCoreUsage(frame.busiestCoreUsage())
                        .coresOnline(frame.coresOnline())
                        .flags(frame.inMemoryRoot(), frame.coarseResolution())
                        .memoryTotalBytes(frame.memoryTotalBytes())
                        .memoryAvailableBytes(frame.memoryAvailableBytes())
                        .filesystemBytes(frame.filesystemBytes());
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            encoder.cpuTimeMs(mode, frame.cpuTimeMs().get(mode));
        }
        frame.health().forEach((field, value) -> encoder.health(field.index(), value));
        if (frame.ending() != null) {
            encoder.ending(frame.ending());
        }
        for (ApplicationMetric metric : frame.application()) {
            encoder.application(metric.name().getBytes(StandardCharsets.US_ASCII), metric.value());
        }
        return encoder.finish().clone();
    }
}
