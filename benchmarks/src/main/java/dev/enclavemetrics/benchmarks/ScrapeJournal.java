package dev.enclavemetrics.benchmarks;

import java.util.Arrays;

/**
 * The gaps between scrapes of each live launcher, as seen by the launchers. A pod's first gap
 * starts when the pod can be scraped; its last one ends now.
 */
final class ScrapeJournal {

    /**
     * @param missed the number of periods in which a pod was not scraped, over all pods: a gap of
     *     about two periods counts as one
     * @param silentPods the number of pods that were never scraped
     * @param longestGapMs the maximum over all pods
     */
    record Summary(
            long scrapes, long missed, int silentPods, double p99LatenessMs, double longestGapMs) {}

    private static final double NS_PER_MS = 1e6;

    private final long periodNs;

    /** The time of each pod's last scrape, or when it could first be scraped. */
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

    /** From now on this pod should be scraped. */
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

    /** Discards the gaps so far, but not the time of each pod's last scrape. */
    synchronized void startWindow() {
        gaps = new Latencies();
        Arrays.fill(asked, false);
    }

    /** All pods can be scraped only from now on: the server has just started. */
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
                if (openNs > periodNs) { // a shorter one is not over yet
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
