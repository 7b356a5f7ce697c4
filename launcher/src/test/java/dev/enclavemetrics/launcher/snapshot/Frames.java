package dev.enclavemetrics.launcher.snapshot;

import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.FrameEncoder;
import dev.enclavemetrics.frame.MetricsFrame;
import java.util.List;

/** Frames as an agent would send them. */
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
                CPU_TIME_MS);
    }

    /** One of an enclave whose clock shows a time. */
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
                frame.cpuTimeMs());
    }

    public static byte[] bytes(long sequence, int intervalMs) {
        return bytes(frame(sequence, intervalMs));
    }

    public static byte[] bytes(MetricsFrame frame) {
        FrameEncoder encoder =
                new FrameEncoder()
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
        return encoder.finish().clone();
    }
}
