package dev.enclavemetrics.launcher.snapshot;

/**
 * One point of the chart: the newest usages of a step of time.
 *
 * @param number 1 for the first point since the launcher's start, then increasing by 1
 * @param atNs the time of the sample, monotonic
 * @param cpuUsage 0.0 to 1.0
 * @param memoryUsage 0.0 to 1.0
 * @param afterGap whether there was no connection, or no fresh value, just before it
 */
public record UsagePoint(
        long number, long atNs, double cpuUsage, double memoryUsage, boolean afterGap) {}
