package dev.enclavemetrics.agent;

import java.util.function.LongSupplier;

/** A clock that a test advances. */
public final class FakeClock implements LongSupplier {

    private long nowNs = 1_000_000_000L;

    @Override
    public long getAsLong() {
        return nowNs;
    }

    public void advanceMs(long ms) {
        nowNs += ms * 1_000_000;
    }
}
