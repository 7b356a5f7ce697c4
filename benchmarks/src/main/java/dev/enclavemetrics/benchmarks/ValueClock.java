package dev.enclavemetrics.benchmarks;

/**
 * The time as a usage from 0 to 0.999: a launcher that is well gives it as its memory usage, so
 * that a value tells when it was read, whatever has kept it since.
 */
final class ValueClock {

    /** Long enough that the clock starts again only after 400 s; no store keeps a value so long. */
    static final long STEP_NS = 400_000_000;

    private static final int VALUES = 1000;

    private ValueClock() {}

    static int milli(long nowNs) {
        return Math.floorMod(Math.floorDiv(nowNs, STEP_NS), VALUES);
    }

    /** How long ago that value was read, in whole steps. */
    static long ageNs(int milli, long nowNs) {
        return Math.floorMod(milli(nowNs) - milli, VALUES) * STEP_NS;
    }
}
