package dev.enclavemetrics.launcher.receive;

import java.util.random.RandomGenerator;

/**
 * The pause before the next attempt: drawn from [d/2, d], d doubling between two limits, so that
 * the launchers of a node spread out. For one thread.
 */
public final class Backoff {

    /** How a pause is spent; an interrupt must end it. */
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

    /** Waits; the pauses after this one are longer. */
    void pause() throws InterruptedException {
        sleeper.sleep(nextMs());
    }

    /** How long to wait now, for who waits otherwise; the pauses after this one are longer. */
    public long nextMs() {
        long pauseMs = random.nextLong(ceilingMs / 2, ceilingMs + 1);
        ceilingMs = Math.min(2 * ceilingMs, lastCeilingMs);
        return pauseMs;
    }

    /** It went well: the next pause is short again. */
    public void reset() {
        ceilingMs = firstCeilingMs;
    }
}
