package dev.enclavemetrics.agent.sample;

import dev.enclavemetrics.frame.HealthField;
import java.util.Arrays;

/** One reading of the counters. One instance is reused for all ticks. */
public final class Sample {

    /** The monotonic clock in ns; on Linux and macOS it counts from boot. */
    public long uptimeNs;

    public final CpuTimes cpu = new CpuTimes();

    /** Above 0. */
    public long memoryTotalBytes;

    /** 0 to the total. */
    public long memoryAvailableBytes;

    /** Used by in-memory filesystems, 0 to the total. */
    public long filesystemBytes;

    /** Whether the rule for machines without a disk was used for available memory. */
    public boolean inMemoryRoot;

    /** By the index in {@link HealthField}. */
    public final long[] health = new long[HealthField.COUNT];

    public Sample() {
        Arrays.fill(health, HealthField.UNKNOWN);
    }

    /** 0.0 to 1.0. */
    public double memoryUsage() {
        return (double) (memoryTotalBytes - memoryAvailableBytes) / memoryTotalBytes;
    }
}
