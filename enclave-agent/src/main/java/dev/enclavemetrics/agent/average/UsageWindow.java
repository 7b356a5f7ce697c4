package dev.enclavemetrics.agent.average;

import dev.enclavemetrics.agent.sample.CpuCounters;
import dev.enclavemetrics.agent.sample.Sample;
import org.jspecify.annotations.Nullable;

/**
 * Averages over a window of time, independent of the number of samples in it. CPU: busy time
 * divided by all time between the two ends of the window, never a mean of ratios, so unevenly
 * spaced samples do not bias it. Memory: the time-weighted mean, by linear interpolation between
 * samples.
 *
 * <p>A ring buffer of the cumulative values at each sample. It allocates only when the set of cores
 * changes.
 */
public final class UsageWindow {

    private static final long NS_PER_MS = 1_000_000;

    /** A longer gap between two samples is not averaged over; for the launcher it is stale. */
    private static final int FRESH_INTERVALS = 3;

    private final CpuCounters counters = new CpuCounters();
    private final int capacity;
    private final long maxSpanNs;
    private final long maxGapNs;

    private final long[] uptimeNs;
    private final long[] busyMs;
    private final long[] allMs;
    private final double[] memoryNs; // usage × time
    private long[] coreBusyMs = new long[0];
    private long[] coreAllMs = new long[0];

    private int count;
    private int newest = -1;
    private double lastMemoryUsage;

    /**
     * Makes an empty window.
     *
     * @param intervals its length in intervals, at least 1
     * @param intervalMs the sampling interval in ms
     */
    public UsageWindow(int intervals, int intervalMs) {
        long intervalNs = intervalMs * NS_PER_MS;
        capacity = intervals + 1;
        maxSpanNs = intervals * intervalNs + intervalNs / 2; // a tick may be late
        maxGapNs = (intervals + FRESH_INTERVALS) * intervalNs;
        uptimeNs = new long[capacity];
        busyMs = new long[capacity];
        allMs = new long[capacity];
        memoryNs = new double[capacity];
    }

    /**
     * Adds a sample.
     *
     * @return whether {@code into} was filled: not before two samples exist since the window
     *     (re)started, nor while the kernel's CPU counters do not change. The window restarts after
     *     a sample whose CPU counters are implausible, and after too long a gap
     */
    public boolean add(Sample sample, Usage into) {
        long elapsedNs = count == 0 ? 0 : sample.uptimeNs - uptimeNs[newest];
        boolean clockWentOn = count == 0 || elapsedNs > 0;
        if (!counters.moveTo(sample.cpu, elapsedNs / NS_PER_MS) || !clockWentOn) {
            restart();
        }
        append(sample);
        evictOld();
        int oldest = oldest();
        long spanAllMs = allMs[newest] - allMs[oldest];
        long spanNs = uptimeNs[newest] - uptimeNs[oldest];
        if (count < 2 || spanAllMs <= 0) {
            return false;
        }
        into.windowMs = Math.max(1, (spanNs + NS_PER_MS / 2) / NS_PER_MS);
        into.cpu = (double) (busyMs[newest] - busyMs[oldest]) / spanAllMs;
        into.memory = clamped((memoryNs[newest] - memoryNs[oldest]) / spanNs);
        into.busiestCore = busiestCore(oldest);
        return true;
    }

    /** Says which CPU counter of the last sample ran ahead of the clock; null if none did. */
    public @Nullable String cpuAhead() {
        return counters.ahead();
    }

    /** Cumulative CPU time of one mode in ms, monotonic. */
    public long cpuTimeMs(int mode) {
        return counters.modeMs(mode);
    }

    private void restart() {
        count = 0;
        newest = -1;
        int cells = capacity * counters.cores();
        if (coreBusyMs.length != cells) {
            coreBusyMs = new long[cells];
            coreAllMs = new long[cells];
        }
    }

    private void append(Sample sample) {
        int previous = newest;
        double usage = sample.memoryUsage();
        newest = (newest + 1) % capacity;
        uptimeNs[newest] = sample.uptimeNs;
        busyMs[newest] = counters.busyMs();
        allMs[newest] = counters.allMs();
        memoryNs[newest] =
                count == 0
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
        count = Math.min(count + 1, capacity);
    }

    /**
     * Evicts samples older than the window. The last two are kept for longer, so that a starved
     * agent still has a value, but not beyond the maximum gap.
     */
    private void evictOld() {
        while (count > 1
                && uptimeNs[newest] - uptimeNs[oldest()] > (count > 2 ? maxSpanNs : maxGapNs)) {
            count--;
        }
    }

    private int oldest() {
        return (newest - count + 1 + capacity) % capacity;
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

    /** A mean of values in [0, 1] may leave it by a rounding error. */
    private static double clamped(double mean) {
        return Math.min(1.0, Math.max(0.0, mean));
    }
}
