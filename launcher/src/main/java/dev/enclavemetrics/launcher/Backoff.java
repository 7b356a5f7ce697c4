package dev.enclavemetrics.launcher;

import java.util.random.RandomGenerator;

/**
 * The pause before the next dial: drawn from [d/2, d], d doubling from 200 ms to 5 s, so that the
 * launchers of a node spread out. For one thread.
 */
final class Backoff {

    /** How a pause is spent; an interrupt must end it. */
    interface Sleeper {
        void sleep(long ms) throws InterruptedException;
    }

    private static final long FIRST_CEILING_MS = 200;
    private static final long LAST_CEILING_MS = 5_000;

    private final RandomGenerator random;
    private final Sleeper sleeper;
    private long ceilingMs = FIRST_CEILING_MS;

    Backoff(RandomGenerator random, Sleeper sleeper) {
        this.random = random;
        this.sleeper = sleeper;
    }

    /** Waits; the pauses after this one are longer. */
    void pause() throws InterruptedException {
        long pauseMs = random.nextLong(ceilingMs / 2, ceilingMs + 1);
        ceilingMs = Math.min(2 * ceilingMs, LAST_CEILING_MS);
        sleeper.sleep(pauseMs);
    }

    /** A good frame came: the next pause is short again. */
    void reset() {
        ceilingMs = FIRST_CEILING_MS;
    }
}
