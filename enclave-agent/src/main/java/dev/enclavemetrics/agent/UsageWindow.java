package dev.enclavemetrics.agent;

/**
 * Averages over the last samples. CPU: busy time over all time between the window's two ends, never
 * a mean of ratios, so it is right however unevenly the samples fall. Memory: the mean weighted by
 * time, with a straight line between two samples.
 *
 * <p>A ring of the cumulative values at each sample; it allocates only when cores come or go.
 */
final class UsageWindow {

    private static final long NS_PER_MS = 1_000_000;

    private final CpuCounters counters = new CpuCounters();
    private final int room;

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
     */
    UsageWindow(int intervals) {
        room = intervals + 1;
        uptimeNs = new long[room];
        busyMs = new long[room];
        allMs = new long[room];
        memoryNs = new double[room];
    }

    /**
     * Adds a sample.
     *
     * @return whether there is a usage: not until two samples exist since the window (re)started,
     *     nor while the kernel's CPU time does not move
     */
    boolean add(Sample sample, Usage into) {
        boolean clockWentOn = held == 0 || sample.uptimeNs > uptimeNs[newest];
        if (!counters.moveTo(sample.cpu) || !clockWentOn) {
            restart();
        }
        append(sample);
        int oldest = (newest - held + 1 + room) % room;
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
