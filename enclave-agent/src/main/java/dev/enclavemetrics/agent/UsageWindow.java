package dev.enclavemetrics.agent;

import org.jspecify.annotations.Nullable;

/**
 * Averages over the samples of the last time, however many they are. CPU: busy time over all time
 * between the window's two ends, never a mean of ratios, so it is right however unevenly the
 * samples fall. Memory: the mean weighted by time, with a straight line between two samples.
 *
 * <p>A ring of the cumulative values at each sample; it allocates only when cores come or go.
 */
final class UsageWindow {

    private static final long NS_PER_MS = 1_000_000;

    /** A gap between two samples is averaged over up to here: what the launcher calls fresh. */
    private static final int FRESH_INTERVALS = 3;

    private final CpuCounters counters = new CpuCounters();
    private final int room;
    private final long mostNs;
    private final long mostGapNs;

    private final long[] uptimeNs;
    private final long[] busyMs;
    private final long[] allMs;
    private final double[] memoryNs; // usage × time
    private long[] coreBusyMs = new long[0];
    private long[] coreAllMs = new long[0];

    private int held;
    private int newest = -1;
    private double lastMemoryUsage;

    /**
     * A window over some intervals.
     *
     * @param intervals at least 1
     * @param intervalMs between two samples that come on time
     */
    UsageWindow(int intervals, int intervalMs) {
        long intervalNs = intervalMs * NS_PER_MS;
        room = intervals + 1;
        mostNs = intervals * intervalNs + intervalNs / 2; // a tick may be late
        mostGapNs = (intervals + FRESH_INTERVALS) * intervalNs;
        uptimeNs = new long[room];
        busyMs = new long[room];
        allMs = new long[room];
        memoryNs = new double[room];
    }

    /**
     * Adds a sample.
     *
     * @return whether there is a usage: not until two samples exist since the window (re)started,
     *     nor while the kernel's CPU time does not move. It restarts after a sample whose CPU time
     *     means nothing, and after a gap longer than the window and some intervals
     */
    boolean add(Sample sample, Usage into) {
        long elapsedNs = held == 0 ? 0 : sample.uptimeNs - uptimeNs[newest];
        boolean clockWentOn = held == 0 || elapsedNs > 0;
        if (!counters.moveTo(sample.cpu, elapsedNs / NS_PER_MS) || !clockWentOn) {
            restart();
        }
        append(sample);
        forgetOld();
        int oldest = oldest();
        long spanAllMs = allMs[newest] - allMs[oldest];
        long spanNs = uptimeNs[newest] - uptimeNs[oldest];
        if (held < 2 || spanAllMs <= 0) {
            return false;
        }
        into.windowMs = Math.max(1, (spanNs + NS_PER_MS / 2) / NS_PER_MS);
        into.cpu = (double) (busyMs[newest] - busyMs[oldest]) / spanAllMs;
        into.memory = withinOne((memoryNs[newest] - memoryNs[oldest]) / spanNs);
        into.busiestCore = busiestCore(oldest);
        return true;
    }

    /** What of the last sample's CPU time was ahead of the clock, in words, or null. */
    @Nullable String cpuAhead() {
        return counters.ahead();
    }

    /** Cumulative CPU time of one mode, ms, which never runs backwards. */
    long cpuTimeMs(int mode) {
        return counters.modeMs(mode);
    }

    private void restart() {
        held = 0;
        newest = -1;
        int cells = room * counters.cores();
        if (coreBusyMs.length != cells) {
            coreBusyMs = new long[cells];
            coreAllMs = new long[cells];
        }
    }

    private void append(Sample sample) {
        int previous = newest;
        double usage = sample.memoryUsage();
        newest = (newest + 1) % room;
        uptimeNs[newest] = sample.uptimeNs;
        busyMs[newest] = counters.busyMs();
        allMs[newest] = counters.allMs();
        memoryNs[newest] =
                held == 0
                        ? 0
                        : memoryNs[previous]
                                + (usage + lastMemoryUsage)
                                        / 2
                                        * (sample.uptimeNs - uptimeNs[previous]);
        lastMemoryUsage = usage;
        int cores = counters.cores();
        for (int core = 0; core < cores; core++) {
            coreBusyMs[newest * cores + core] = counters.coreBusyMs(core);
            coreAllMs[newest * cores + core] = counters.coreAllMs(core);
        }
        held = Math.min(held + 1, room);
    }

    /**
     * Samples that are too old leave. Two are kept for longer, so that an agent that the machine
     * keeps waiting has a value; unless they lie so far apart that the first tells of another time.
     */
    private void forgetOld() {
        while (held > 1
                && uptimeNs[newest] - uptimeNs[oldest()] > (held > 2 ? mostNs : mostGapNs)) {
            held--;
        }
    }

    private int oldest() {
        return (newest - held + 1 + room) % room;
    }

    private double busiestCore(int oldest) {
        int cores = counters.cores();
        double busiest = 0;
        for (int core = 0; core < cores; core++) {
            int to = newest * cores + core;
            int from = oldest * cores + core;
            long spanMs = coreAllMs[to] - coreAllMs[from];
            if (spanMs > 0) {
                busiest = Math.max(busiest, (double) (coreBusyMs[to] - coreBusyMs[from]) / spanMs);
            }
        }
        return busiest;
    }

    /** A mean of values within [0, 1] is there too, but for the last bit of its rounding. */
    private static double withinOne(double mean) {
        return Math.min(1.0, Math.max(0.0, mean));
    }
}
