package dev.enclavemetrics.benchmarks;

/**
 * The time as a usage from 0 to 0.999: a healthy launcher serves it as its memory usage, so that a
 * value shows when it was read, wherever it was cached since.
 */
final class ValueClock {

    /** With this step the clock repeats after 400 s; no store keeps a value that long. */
    static final long STEP_NS = 400_000_000;

    private static final int VALUES = 1000;

    private ValueClock() {}

    static int milli(long nowNs) {
        return Math.floorMod(Math.floorDiv(nowNs, STEP_NS), VALUES);
    }

    /** Returns how long ago a value was read, in whole steps. */
    static long ageNs(int milli, long nowNs) {
        return Math.floorMod(milli(nowNs) - milli, VALUES) * STEP_NS;
    }
}
