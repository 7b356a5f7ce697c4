package dev.enclavemetrics.agent;

import dev.enclavemetrics.frame.HealthField;
import java.util.Arrays;

/** One reading of the counters. One instance is reused for all ticks. */
final class Sample {

    /** The monotonic clock in ns; on Linux and macOS it counts from boot. */
    long uptimeNs;

    final CpuTimes cpu = new CpuTimes();

    /** Above 0. */
    long memoryTotalBytes;

    /** 0 to the total. */
    long memoryAvailableBytes;

    /** Used by in-memory filesystems, 0 to the total. */
    long filesystemBytes;

    /** Whether the rule for machines without a disk was used for available memory. */
    boolean inMemoryRoot;

    /** By the index in {@link HealthField}. */
    final long[] health = new long[HealthField.COUNT];

    Sample() {
        Arrays.fill(health, HealthField.UNKNOWN);
    }

    /** 0.0 to 1.0. */
    double memoryUsage() {
        return (double) (memoryTotalBytes - memoryAvailableBytes) / memoryTotalBytes;
    }
}
