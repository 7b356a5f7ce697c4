package dev.enclavemetrics.agent;

import java.util.function.LongSupplier;

/**
 * A clock that advances by 1 ns with each call, so that a loop until a deadline has a limited
 * number of iterations.
 */
public final class SteppingClock implements LongSupplier {

    private long nowNs;

    @Override
    public long getAsLong() {
        return nowNs++;
    }

    /** Returns a deadline that is this many calls ahead. */
    public long turns(int count) {
        return nowNs + count;
    }

    public void advanceMs(long ms) {
        nowNs += ms * 1_000_000;
    }
}
