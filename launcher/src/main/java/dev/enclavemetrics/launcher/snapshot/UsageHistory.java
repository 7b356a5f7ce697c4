package dev.enclavemetrics.launcher.snapshot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The usages of the last 15 minutes for the status page, in a ring buffer of about 13 KiB,
 * independent of the interval and of what a peer sends. Written by the receiver's thread, read by
 * the event loop.
 */
final class UsageHistory {

    static final long SPAN_NS = Duration.ofMinutes(15).toNanos();

    /** Frames within this time share a point; the newest wins. */
    static final long STEP_NS = Duration.ofMillis(900).toNanos();

    static final int MAX_POINTS = (int) (SPAN_NS / STEP_NS) + 1;

    /** The resolution of stored usages, finer than a chart shows. */
    private static final double UNIT = 1e-4;

    private final long[] atNs = new long[MAX_POINTS];
    private final short[] cpuUnits = new short[MAX_POINTS];
    private final short[] memoryUnits = new short[MAX_POINTS];
    private final boolean[] afterGap = new boolean[MAX_POINTS];

    private long newest; // its number, 0 without one
    private long stepBeganNs;
    private long freshUntilNs;
    private boolean broken;

    /** A frame has arrived. */
    synchronized void add(ReceivedFrame received) {
        long nowNs = received.sampleNs();
        if (newest > 0 && nowNs - atNs[index(newest)] < 0) {
            return; // older than what is drawn
        }
        if (newest > 0 && nowNs - freshUntilNs >= 0) {
            broken = true;
        }
        if (newest == 0 || nowNs - stepBeganNs >= STEP_NS) {
            newest++;
            stepBeganNs = nowNs;
            afterGap[index(newest)] = broken && newest > 1;
            broken = false; // otherwise kept for the next point: a flapping connection adds no
            // points
        }
        int index = index(newest);
        atNs[index] = nowNs;
        cpuUnits[index] = units(received.frame().cpuUsage());
        memoryUnits[index] = units(received.frame().memoryUsage());
        freshUntilNs = received.freshUntilNs();
    }

    /** The connection was lost: the chart has a gap before the next point. */
    synchronized void interrupted() {
        broken = true;
    }

    /** The number of the newest point, 0 without one. */
    synchronized long newest() {
        return newest;
    }

    /** The points from a number on that are still in the ring and not too old, oldest first. */
    synchronized List<UsagePoint> since(long number, long nowNs) {
        List<UsagePoint> points = new ArrayList<>();
        for (long n = Math.max(number, Math.max(1, newest - MAX_POINTS + 1)); n <= newest; n++) {
            int index = index(n);
            if (nowNs - atNs[index] < SPAN_NS) {
                points.add(
                        new UsagePoint(
                                n,
                                atNs[index],
                                usage(cpuUnits[index]),
                                usage(memoryUnits[index]),
                                afterGap[index]));
            }
        }
        return points;
    }

    private static int index(long number) {
        return (int) (number % MAX_POINTS);
    }

    private static short units(double usage) {
        return (short) Math.round(usage / UNIT);
    }

    private static double usage(short units) {
        return units / (1 / UNIT); // not times UNIT, which would add digits
    }
}
