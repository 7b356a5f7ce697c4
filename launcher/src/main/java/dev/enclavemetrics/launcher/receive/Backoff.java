package dev.enclavemetrics.launcher.receive;

import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: each pause is random in [d/2, d], and d doubles up to a limit,
 * so that the launchers of a node do not dial at the same time. For one thread.
 */
public final class Backoff {

    /** How to wait; an interrupt must end it. */
    public interface Sleeper {
        void sleep(long ms) throws InterruptedException;
    }

    private static final long FIRST_CEILING_MS = 200;
    private static final long LAST_CEILING_MS = 5_000;

    private final RandomGenerator random;
    private final Sleeper sleeper;
    private final long firstCeilingMs;
    private final long lastCeilingMs;
    private long ceilingMs;

    /** Between dials: 200 ms to 5 s. */
    public Backoff(RandomGenerator random, Sleeper sleeper) {
        this(random, sleeper, FIRST_CEILING_MS, LAST_CEILING_MS);
    }

    public Backoff(
            RandomGenerator random, Sleeper sleeper, long firstCeilingMs, long lastCeilingMs) {
        this.random = random;
        this.sleeper = sleeper;
        this.firstCeilingMs = firstCeilingMs;
        this.lastCeilingMs = lastCeilingMs;
        ceilingMs = firstCeilingMs;
    }

    /** Waits; the next pause is longer. */
    void pause() throws InterruptedException {
        sleeper.sleep(nextMs());
    }

    /** The length of the next pause, for callers that wait themselves. */
    public long nextMs() {
        long pauseMs = random.nextLong(ceilingMs / 2, ceilingMs + 1);
        ceilingMs = Math.min(2 * ceilingMs, lastCeilingMs);
        return pauseMs;
    }

    /** Resets the pause after a success. */
    public void reset() {
        ceilingMs = firstCeilingMs;
    }
}
