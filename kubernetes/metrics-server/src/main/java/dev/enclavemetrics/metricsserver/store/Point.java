package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.contract.EnclaveMetric;
import java.time.Instant;

/**
 * A pod's usages and application metrics at one sample.
 *
 * @param cpuMilli average CPU usage, thousandths, 0 to 1000
 * @param memoryMilli average memory usage, thousandths, 0 to 1000
 * @param sampledAt the time of the sample by the launcher, or of its arrival if that is implausible
 * @param windowSeconds what the usages are averaged over, in seconds, 1 to 600
 */
public record Point(
        int cpuMilli,
        int memoryMilli,
        Instant sampledAt,
        int windowSeconds,
        ApplicationValues application) {

    public static final int WHOLE_MILLI = 1000;
    public static final int MAX_WINDOW_SECONDS = 600;

    public Point {
        check("cpuMilli", cpuMilli, 0, WHOLE_MILLI);
        check("memoryMilli", memoryMilli, 0, WHOLE_MILLI);
        check("windowSeconds", windowSeconds, 1, MAX_WINDOW_SECONDS);
    }

    /** A point without application metrics. */
    public Point(int cpuMilli, int memoryMilli, Instant sampledAt, int windowSeconds) {
        this(cpuMilli, memoryMilli, sampledAt, windowSeconds, ApplicationValues.NONE);
    }

    /** A usage, in thousandths. */
    public int milli(EnclaveMetric metric) {
        return switch (metric) {
            case CPU_USAGE -> cpuMilli;
            case MEMORY_USAGE -> memoryMilli;
        };
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " must be from " + min + " to " + max + ", found " + value);
        }
    }
}
