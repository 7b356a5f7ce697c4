package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.bootstrap.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Liveness and readiness, derived from progress. Thread-safe. */
public final class Health {

    /** There are many ticks per interval; without one for this long the loop hangs. */
    private static final double MAX_INTERVALS_WITHOUT_TICK = 1.5;

    /** After this, pods may have changed unnoticed: a lost connection is replaced sooner. */
    private static final Duration MAX_WITHOUT_WATCH = Duration.ofMinutes(3);

    private final long maxSilenceNs;
    private final Clock clock;
    private volatile long tickedNs;
    private volatile long watchedNs;
    private volatile boolean synced;
    private volatile boolean cycled;

    public Health(ScrapeConfig config, Clock clock) {
        maxSilenceNs = (long) (config.interval().toNanos() * MAX_INTERVALS_WITHOUT_TICK);
        this.clock = clock;
        tickedNs = clock.nanoTime();
    }

    /** The scraper's loop ticked. */
    public void ticked(long nowNs) {
        tickedNs = nowNs;
    }

    /** The watch of the pods is up. */
    public void watched() {
        watchedNs = clock.nanoTime();
    }

    /** Time since the watch of the pods was last up; 0 before the first list. */
    long watchAgeNs() {
        return synced ? clock.nanoTime() - watchedNs : 0;
    }

    /**
     * The problem that pods may have changed unnoticed; null while the watch is up, or was
     * recently.
     */
    public @Nullable String watchProblem() {
        Duration age = Duration.ofNanos(watchAgeNs());
        return age.compareTo(MAX_WITHOUT_WATCH) <= 0
                ? null
                : "the pods must be watched, found no working watch for "
                        + age.toSeconds()
                        + " s; check the API server and the network to it";
    }

    /** All pods were listed. */
    public void synced() {
        watched();
        synced = true;
    }

    public boolean isSynced() {
        return synced;
    }

    /** Every pod of the first list was scraped once. */
    public void cycled() {
        cycled = true;
    }

    public boolean isCycled() {
        return cycled;
    }

    /** Why the process is not live; null if it is. */
    public @Nullable String livenessProblem() {
        long silenceNs = clock.nanoTime() - tickedNs;
        return silenceNs <= maxSilenceNs
                ? null
                : "the scraper must tick in time, found no tick for "
                        + Duration.ofNanos(silenceNs).toSeconds()
                        + " s";
    }

    /** Why the process is not ready; null if it is. */
    public @Nullable String readinessProblem() {
        if (!synced) {
            return "the pods have not been listed yet";
        }
        if (!cycled) {
            return "the first scrape of all pods has not finished yet";
        }
        String watchProblem = watchProblem();
        return watchProblem == null ? livenessProblem() : watchProblem;
    }
}
