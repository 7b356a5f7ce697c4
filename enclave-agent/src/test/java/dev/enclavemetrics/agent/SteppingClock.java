package dev.enclavemetrics.agent;

import java.util.function.LongSupplier;

/**
 * Time of which each look takes 1 ns, so that a loop until a deadline is a bounded count of turns.
 */
public final class SteppingClock implements LongSupplier {

    private long nowNs;

    @Override
    public long getAsLong() {
        return nowNs++;
    }

    /** A deadline so many looks away. */
    public long turns(int count) {
        return nowNs + count;
    }

    public void advanceMs(long ms) {
        nowNs += ms * 1_000_000;
    }
}
