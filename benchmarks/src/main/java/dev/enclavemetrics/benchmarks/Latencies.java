package dev.enclavemetrics.benchmarks;

import java.util.Arrays;

/** Keeps every measured time: a percentile is one of them, not a mean of buckets. */
final class Latencies {

    private static final int FIRST = 1024;

    private long[] timesNs = new long[FIRST];
    private int count;

    synchronized void add(long ns) {
        if (count == timesNs.length) {
            timesNs = Arrays.copyOf(timesNs, count * 2);
        }
        timesNs[count++] = ns;
    }

    synchronized int count() {
        return count;
    }

    synchronized long[] sorted() {
        long[] sorted = Arrays.copyOf(timesNs, count);
        Arrays.sort(sorted);
        return sorted;
    }

    synchronized Latencies copy() {
        Latencies copy = new Latencies();
        copy.timesNs = timesNs.clone();
        copy.count = count;
        return copy;
    }

    /** The percentile; 0 if there are no times. */
    long percentileNs(double percent) {
        long[] sorted = sorted();
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)];
    }
}
