package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.bootstrap.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the process works, derived from its progress. For any thread. */
public final class Health {

    /** Ticks come many times an interval; a loop that misses this long hangs. */
    private static final double MAX_INTERVALS_WITHOUT_TICK = 1.5;

    /** Beyond, pods may have come and gone unnoticed: connections that end are replaced sooner. */
    private static final Duration MAX_WITHOUT_WATCH = Duration.ofMinutes(3);

    private final long mostSilenceNs;
    private final Clock clock;
    private volatile long tickedNs;
    private volatile long watchedNs;
    private volatile boolean synced;
    private volatile boolean cycled;

    public Health(ScrapeRules rules, Clock clock) {
        mostSilenceNs = (long) (rules.interval().toNanos() * MAX_INTERVALS_WITHOUT_TICK);
        this.clock = clock;
        tickedNs = clock.nanoTime();
    }

    /** The scraper's loop came around. */
    public void ticked(long nowNs) {
        tickedNs = nowNs;
    }

    /** The watch of the pods stands. */
    public void watched() {
        watchedNs = clock.nanoTime();
    }

    /** Time since the watch of the pods last stood; before the first list, 0. */
    long watchAgeNs() {
        return synced ? clock.nanoTime() - watchedNs : 0;
    }

    /** That pods may have come and gone unnoticed, or null: their watch stands, or did just now. */
    public @Nullable String watchProblem() {
        Duration age = Duration.ofNanos(watchAgeNs());
        return age.compareTo(MAX_WITHOUT_WATCH) <= 0
                ? null
                : "the pods must be watched, found no watch that the API server answers for "
                        + age.toSeconds()
                        + " s; check the API server and the network to it";
    }

    /** The watch has told of all pods. */
    public void synced() {
        watched();
        synced = true;
    }

    public boolean isSynced() {
        return synced;
    }

    /** Every pod that was there had its first scrape. */
    public void cycled() {
        cycled = true;
    }

    public boolean isCycled() {
        return cycled;
    }

    /** What is wrong with the process, or null: it works. */
    public @Nullable String whyNotLive() {
        long silenceNs = clock.nanoTime() - tickedNs;
        return silenceNs <= mostSilenceNs
                ? null
                : "the scraper must tick in time, found no tick for "
                        + Duration.ofNanos(silenceNs).toSeconds()
                        + " s";
    }

    /** What there is to wait for before it can answer, or null: it can. */
    public @Nullable String readinessProblem() {
        if (!synced) {
            return "the pods have not been listed yet";
        }
        if (!cycled) {
            return "the first scrape of all pods has not ended yet";
        }
        String watchProblem = watchProblem();
        return watchProblem == null ? whyNotLive() : watchProblem;
    }
}
