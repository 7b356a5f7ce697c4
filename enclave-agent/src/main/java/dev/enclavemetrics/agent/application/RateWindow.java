package dev.enclavemetrics.agent.application;

/**
 * The increase per second of a counter over a window of time: the same window as that of the CPU
 * usage. Allocates nothing after its construction.
 */
final class RateWindow {

    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_SECOND = 1e9;

    /** As for the usages: a longer gap between two readings is not averaged over. */
    private static final int FRESH_INTERVALS = 3;

    private final long maxSpanNs;
    private final long maxGapNs;
    private final long[] timeNs;
    private final double[] increase; // since the window began
    private int count;
    private int newest = -1;
    private double lastSum;
    private int lastSeries;

    RateWindow(int intervals, int intervalMs) {
        long intervalNs = intervalMs * NS_PER_MS;
        maxSpanNs = intervals * intervalNs + intervalNs / 2; // a reading may be late
        maxGapNs = (intervals + FRESH_INTERVALS) * intervalNs;
        timeNs = new long[intervals + 1];
        increase = new double[intervals + 1];
    }

    /** Forgets all readings. */
    void restart() {
        count = 0;
        newest = -1;
    }

    /**
     * Adds a reading. A sum that decreases was reset, and counted from zero since; but if fewer
     * series matched than before, one has vanished, and the window restarts.
     *
     * @param sum finite
     * @param series the number of series in it
     */
    void add(long nowNs, double sum, int series) {
        if (count > 0 && (series < lastSeries || nowNs <= timeNs[newest])) {
            restart();
        }
        double before = count == 0 ? 0 : increase[newest];
        double step = count == 0 ? 0 : sum >= lastSum ? sum - lastSum : sum;
        newest = (newest + 1) % timeNs.length;
        timeNs[newest] = nowNs;
        increase[newest] = before + step;
        count = Math.min(count + 1, timeNs.length);
        lastSum = sum;
        lastSeries = series;
        while (count > 1 && timeNs[newest] - timeNs[oldest()] > maxSpan()) {
            count--;
        }
    }

    /** The last two are kept for longer, as for the usages. */
    private long maxSpan() {
        return count > 2 ? maxSpanNs : maxGapNs;
    }

    private int oldest() {
        return (newest - count + 1 + timeNs.length) % timeNs.length;
    }

    /** NaN before there are two readings. */
    double perSecond() {
        if (count < 2) {
            return Double.NaN;
        }
        int oldest = oldest();
        double seconds = (timeNs[newest] - timeNs[oldest]) / NS_PER_SECOND;
        return Math.max(0, increase[newest] - increase[oldest]) / seconds;
    }
}
