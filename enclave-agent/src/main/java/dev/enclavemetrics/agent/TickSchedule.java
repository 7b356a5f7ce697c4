package dev.enclavemetrics.agent;

/**
 * When the ticks are due: at fixed times, one interval apart. A late tick does not delay the later
 * ones; missed ticks are skipped. Only the second tick comes early, since two samples make the
 * first value.
 */
final class TickSchedule {

    private static final long NS_PER_MS = 1_000_000;

    /** Long enough for a value: 25 ticks of the kernel's counters, at 100 per second. */
    static final long EARLY_NS = 250 * NS_PER_MS;

    private final long intervalNs;
    private boolean early;
    private long dueNs;

    /**
     * Makes the first tick due at once.
     *
     * @param coarse whether the resolution is coarse: then no tick comes early, since a window must
     *     not be shorter than an interval
     */
    TickSchedule(int intervalMs, boolean coarse, long nowNs) {
        intervalNs = intervalMs * NS_PER_MS;
        early = !coarse && intervalNs > EARLY_NS;
        dueNs = nowNs;
    }

    /** When the next tick is due. */
    long dueNs() {
        return dueNs;
    }

    /** A tick has ended. */
    void ticked(long nowNs) {
        if (early) {
            early = false;
            dueNs = nowNs + EARLY_NS;
        } else {
            dueNs += Math.max(1, (nowNs - dueNs + intervalNs) / intervalNs) * intervalNs;
        }
    }
}
