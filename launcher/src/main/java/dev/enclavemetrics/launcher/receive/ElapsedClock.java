package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.bootstrap.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A monotonic clock that also counts the time in which the machine was suspended and its own
 * monotonic clock stood still: when the wall clock jumps ahead, this clock does, too. A jump by NTP
 * looks the same and makes values stale until the next frame, which is better than missing a
 * suspension. A wall clock that goes back changes nothing.
 */
public final class ElapsedClock implements Clock {

    /** Smaller jumps are ignored: they make no value stale. */
    static final long MIN_STEP_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A wall clock that was never set can jump by decades; the sum must not overflow. */
    static final long MAX_STEP_NS = TimeUnit.DAYS.toNanos(1);

    /** Two clocks read within this time count as read at the same time. */
    private static final long SAME_TIME_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Clock clock;
    private long wallMs; // guarded by this, as are all below
    private long monotonicNs;
    private long stepsNs;

    public ElapsedClock(Clock clock) {
        this.clock = clock;
        monotonicNs = clock.nanoTime();
        wallMs = clock.millis();
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public long millis() {
        return clock.millis();
    }

    @Override
    public synchronized long nanoTime() {
        long beforeNs = clock.nanoTime();
        long nowMs = clock.millis();
        long nowNs = clock.nanoTime();
        if (nowNs - beforeNs < SAME_TIME_NS) { // else suspended in between: the next call notices
            long passedNs = TimeUnit.MILLISECONDS.toNanos(nowMs - wallMs); // saturates
            long stepNs = passedNs - (nowNs - monotonicNs);
            if (stepNs >= MIN_STEP_NS) {
                stepsNs += Math.min(stepNs, MAX_STEP_NS);
            }
            wallMs = nowMs;
            monotonicNs = nowNs;
        }
        return nowNs + stepsNs;
    }
}
