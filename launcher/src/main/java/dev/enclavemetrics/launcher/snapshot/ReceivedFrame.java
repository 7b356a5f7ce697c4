package dev.enclavemetrics.launcher.snapshot;

import dev.enclavemetrics.frame.MetricsFrame;
import java.time.Instant;

/**
 * A frame and the time of its sample by the launcher's clocks; an enclave's clocks drift and jump.
 *
 * @param sampleNs monotonic, for the age
 * @param sampleTime wall clock, for people
 */
public record ReceivedFrame(MetricsFrame frame, long sampleNs, Instant sampleTime) {

    private static final long NS_PER_MS = 1_000_000;

    /** How many intervals a frame stays fresh, and how many a receiver waits for the next. */
    public static final int FRESH_INTERVALS = 3;

    public boolean isFreshAt(long nowNs) {
        return nowNs - freshUntilNs() < 0;
    }

    /** Until when it is fresh; monotonic. */
    long freshUntilNs() {
        return sampleNs + FRESH_INTERVALS * NS_PER_MS * frame.intervalMs();
    }
}
