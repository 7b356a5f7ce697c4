package dev.enclavemetrics.launcher;

import dev.enclavemetrics.frame.MetricsFrame;
import java.time.Instant;

/**
 * A frame and when it came, by the launcher's clocks: those of an enclave drift and step.
 *
 * @param arrivalNs monotonic, for the age
 * @param arrivalTime wall clock, for people; taken as the time of the sample
 */
record ReceivedFrame(MetricsFrame frame, long arrivalNs, Instant arrivalTime) {

    private static final long NS_PER_MS = 1_000_000;

    /** How many intervals a frame stays fresh, and how many a receiver waits for the next. */
    static final int FRESH_INTERVALS = 3;

    boolean isFreshAt(long nowNs) {
        return nowNs - freshUntilNs() < 0;
    }

    /** Until when it is fresh; monotonic. */
    long freshUntilNs() {
        return arrivalNs + FRESH_INTERVALS * NS_PER_MS * frame.intervalMs();
    }
}
