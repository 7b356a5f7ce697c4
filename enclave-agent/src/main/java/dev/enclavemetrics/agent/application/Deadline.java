package dev.enclavemetrics.agent.application;

import java.io.IOException;
import java.util.function.LongSupplier;

/** Until when a reading must have ended. One instance is reused for all readings. */
final class Deadline {

    private static final long NS_PER_MS = 1_000_000;

    private final LongSupplier nanoTime;
    private final int ms;
    private long startedNs;

    Deadline(LongSupplier nanoTime, int ms) {
        this.nanoTime = nanoTime;
        this.ms = ms;
    }

    /** A reading begins now. */
    void start() {
        startedNs = nanoTime.getAsLong();
    }

    /** The time that a reading may take. */
    int ms() {
        return ms;
    }

    /**
     * Checks the time, after each wait for the application.
     *
     * @throws IOException if it has passed
     */
    void check() throws IOException {
        if (nanoTime.getAsLong() - startedNs > ms * NS_PER_MS) {
            throw new IOException("must be read within " + ms + "ms, but takes longer");
        }
    }
}
