package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.process.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the process works, derived from its progress. For any thread. */
final class Health {

    /** Ticks come many times an interval; a loop that misses this long hangs. */
    private static final double MOST_INTERVALS_WITHOUT_TICK = 1.5;

    private final long mostSilenceNs;
    private final Clock clock;
    private volatile long tickedNs;
    private volatile boolean synced;
    private volatile boolean cycled;

    Health(ScrapeRules rules, Clock clock) {
        mostSilenceNs = (long) (rules.interval().toNanos() * MOST_INTERVALS_WITHOUT_TICK);
        this.clock = clock;
        tickedNs = clock.nanoTime();
    }

    /** The scraper's loop came around. */
    void ticked(long nowNs) {
        tickedNs = nowNs;
    }

    /** The watch has told of all pods. */
    void synced() {
        synced = true;
    }

    boolean isSynced() {
        return synced;
    }

    /** Every pod that was there had its first scrape. */
    void cycled() {
        cycled = true;
    }

    boolean isCycled() {
        return cycled;
    }

    /** What is wrong with the process, or null: it works. */
    @Nullable String whyNotLive() {
        long silenceNs = clock.nanoTime() - tickedNs;
        return silenceNs <= mostSilenceNs
                ? null
                : "the scraper must tick in time, found no tick for "
                        + Duration.ofNanos(silenceNs).toSeconds()
                        + " s";
    }

    /** What there is to wait for before it can answer, or null: it can. */
    @Nullable String whyNotReady() {
        if (!synced) {
            return "the pods have not been listed yet";
        }
        return cycled ? whyNotLive() : "the first scrape of all pods has not ended yet";
    }
}
