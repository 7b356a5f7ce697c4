package dev.enclavemetrics.testing;

import dev.enclavemetrics.bootstrap.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test advances. */
public final class TestClock implements Clock {

    /** The initial time. */
    public static final Instant START = Instant.parse("2026-11-24T05:40:00.123Z");

    private final AtomicLong elapsedNs = new AtomicLong();

    @Override
    public Instant instant() {
        return START.plusNanos(elapsedNs.get());
    }

    @Override
    public long nanoTime() {
        return Long.MAX_VALUE
                - 1_000_000_000
                + elapsedNs.get(); // close to overflow, which is possible
    }

    /** Advances the clock. */
    public void advance(Duration time) {
        elapsedNs.addAndGet(time.toNanos());
    }
}
