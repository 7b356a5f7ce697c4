package dev.enclavemetrics.agent;

import java.util.function.LongSupplier;

/** Time that moves when a test says so. */
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
