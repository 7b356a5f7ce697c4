package dev.enclavemetrics.frame;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One usage as the agent measured it. Every value is in range, whatever a hostile peer sends: a
 * reader of a {@code MetricsFrame} needs no checks.
 *
 * @param sequence 1 at the agent's start, then increasing
 * @param uptimeNs the enclave's monotonic clock at the sample, ns
 * @param intervalMs the sampling interval, 1 to 60,000 ms
 * @param windowMs the time actually averaged over, at least 1 ms
 * @param cpuUsage average over all cores, 0.0 to 1.0
 * @param memoryUsage average, in-memory filesystems included, 0.0 to 1.0
 * @param busiestCoreUsage the busiest core's average, 0.0 to 1.0
 * @param coresOnline cores online, at least 1
 * @param inMemoryRoot whether available memory was calculated for an enclave without a disk
 * @param coarseResolution whether usages were rounded to more than the default resolution
 * @param memoryTotalBytes MemTotal of {@code /proc/meminfo}
 * @param memoryAvailableBytes available to programs at the sample, at most the total
 * @param filesystemBytes held by in-memory filesystems at the sample
 * @param cpuTimeMs cumulative CPU time by {@link CpuMode}, in its order, ms
 * @param health the health metrics that the kernel has; none from an old agent
 * @param ending how the command ended, in the last frame; null while it runs
 * @param application the application metrics that have a value now, in the order of the agent's
 *     setting
 */
public record MetricsFrame(
        long sequence,
        long uptimeNs,
        int intervalMs,
        long windowMs,
        double cpuUsage,
        double memoryUsage,
        double busiestCoreUsage,
        int coresOnline,
        boolean inMemoryRoot,
        boolean coarseResolution,
        long memoryTotalBytes,
        long memoryAvailableBytes,
        long filesystemBytes,
        List<Long> cpuTimeMs,
        Map<HealthField, Long> health,
        @Nullable Ending ending,
        List<ApplicationMetric> application) {

    /** The longest interval of an agent: it limits how long a reader waits for a frame. */
    public static final int MAX_INTERVAL_MS = 60_000;

    /** The maximum number of cores in a frame; Linux supports 8192. */
    public static final int MAX_CORES = 1 << 16;

    private static final long MAX_WINDOW_MS = 24 * 60 * 60 * 1000L;

    /**
     * Validates every field.
     *
     * @throws MalformedFrameException naming the field, the rule and the value found
     */
    public MetricsFrame {
        requireRange("sequence", sequence, 1, Long.MAX_VALUE);
        requireRange("uptime", uptimeNs, 0, Long.MAX_VALUE);
        requireRange("interval", intervalMs, 1, MAX_INTERVAL_MS);
        requireRange("window", windowMs, 1, MAX_WINDOW_MS);
        requireUsage("CPU usage", cpuUsage);
        requireUsage("memory usage", memoryUsage);
        requireUsage("busiest core's usage", busiestCoreUsage);
        requireRange("cores online", coresOnline, 1, MAX_CORES);
        requireRange("memory total", memoryTotalBytes, 1, Long.MAX_VALUE);
        requireRange("memory available", memoryAvailableBytes, 0, memoryTotalBytes);
        requireRange("in-memory filesystems", filesystemBytes, 0, memoryTotalBytes);
        // Turns -0.0, which is in range, into 0.0; other values stay the same.
        cpuUsage += 0.0;
        memoryUsage += 0.0;
        busiestCoreUsage += 0.0;
        cpuTimeMs = List.copyOf(cpuTimeMs);
        if (cpuTimeMs.size() != CpuMode.COUNT) {
            throw new MalformedFrameException(
                    "CPU time must have " + CpuMode.COUNT + " modes, found " + cpuTimeMs.size());
        }
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            requireRange("CPU time", cpuTimeMs.get(mode), 0, Long.MAX_VALUE);
        }
        health = Map.copyOf(health);
        for (HealthField field : HealthField.ALL) {
            requireRange(field.name(), health.getOrDefault(field, 0L), 0, Long.MAX_VALUE);
        }
        application = List.copyOf(application);
        requireApplication(application);
    }

    private static void requireApplication(List<ApplicationMetric> application) {
        if (application.size() > ApplicationMetric.MAX_COUNT) {
            throw new MalformedFrameException(
                    "application metrics must be at most "
                            + ApplicationMetric.MAX_COUNT
                            + ", found "
                            + application.size());
        }
        Set<String> names = new HashSet<>();
        for (ApplicationMetric metric : application) {
            if (!names.add(metric.name())) {
                throw new MalformedFrameException(
                        "application metrics must have different names, found two of "
                                + metric.name());
            }
        }
    }

    private static void requireUsage(String field, double value) {
        if (!(value >= 0.0 && value <= 1.0)) { // not (<0 or >1): NaN must fail too
            throw new MalformedFrameException(field + " must be 0.0 to 1.0, found " + value);
        }
    }

    static void requireRange(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new MalformedFrameException(
                    field + " must be " + min + " to " + max + ", found " + value);
        }
    }
}
