package dev.enclavemetrics.agent;

/** One reading. One instance is filled anew at each tick. */
final class Sample {

    /** The machine's monotonic clock, ns; on Linux and macOS it counts from the machine's start. */
    long uptimeNs;

    final CpuTimes cpu = new CpuTimes();

    /** Above 0. */
    long memoryTotalBytes;

    /** 0 to the total. */
    long memoryAvailableBytes;

    /** Held by in-memory filesystems, 0 to the total. */
    long filesystemBytes;

    /** Whether the rule for machines without a disk was used for available memory. */
    boolean inMemoryRoot;

    /** 0.0 to 1.0. */
    double memoryUsage() {
        return (double) (memoryTotalBytes - memoryAvailableBytes) / memoryTotalBytes;
    }
}
