package dev.enclavemetrics.benchmarks;

import java.util.Arrays;

/**
 * When each live launcher was asked: the gaps between, seen from the launchers' side. A pod's first
 * gap runs from the moment that it was there to be asked, its last up to now.
 */
final class ScrapeJournal {

    /**
     * @param missed periods in which a pod was not asked, over all pods: a gap of two periods, give
     *     or take a half, has one
     * @param silentPods pods that were not asked once
     * @param longestGapMs of any pod
     */
    record Summary(
            long scrapes, long missed, int silentPods, double p99LatenessMs, double longestGapMs) {}

    private static final double NS_PER_MS = 1e6;

    private final long periodNs;

    /** The last time of each, or when it was there to be asked. */
    private final long[] lastNs;

    private final boolean[] there;
    private final boolean[] asked;
    private Latencies gaps = new Latencies();

    ScrapeJournal(int slots, long periodNs) {
        this.periodNs = periodNs;
        lastNs = new long[slots];
        there = new boolean[slots];
        asked = new boolean[slots];
    }

    /** From now on this one should be asked. */
    synchronized void begin(int slot, long nowNs) {
        there[slot] = true;
        asked[slot] = false;
        lastNs[slot] = nowNs;
    }

    synchronized void end(int slot) {
        there[slot] = false;
    }

    synchronized void scraped(int slot, long nowNs) {
        if (there[slot]) {
            gaps.add(nowNs - lastNs[slot]);
            lastNs[slot] = nowNs;
            asked[slot] = true;
        }
    }

    /** Forgets the gaps so far, but not when each was asked. */
    synchronized void startWindow() {
        gaps = new Latencies();
        Arrays.fill(asked, false);
    }

    /** All pods are there to be asked from now on only: their launchers have known no server. */
    synchronized void restart(long nowNs) {
        Arrays.fill(lastNs, nowNs);
        startWindow();
    }

    synchronized Summary summary(long nowNs) {
        Latencies all = gaps.copy();
        int silent = 0;
        long missed = 0;
        for (int slot = 0; slot < lastNs.length; slot++) {
            if (there[slot]) {
                long openNs = nowNs - lastNs[slot];
                silent += asked[slot] || openNs < periodNs ? 0 : 1;
                if (openNs > periodNs) { // a shorter one is not over
                    all.add(openNs);
                }
            }
        }
        for (long gapNs : all.sorted()) {
            missed += Math.max(0, Math.round((double) gapNs / periodNs) - 1);
        }
        return new Summary(
                gaps.count(),
                missed,
                silent,
                Math.max(0, all.percentileNs(99) - periodNs) / NS_PER_MS,
                all.percentileNs(100) / NS_PER_MS);
    }
}
