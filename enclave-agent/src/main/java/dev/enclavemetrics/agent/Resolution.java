package dev.enclavemetrics.agent;

/**
 * The step that values are rounded to. A coarser one than the default lets a security-minded user
 * bound what the untrusted host can learn about the workload from how the numbers move; then the
 * bytes and the CPU times are rounded likewise, or they would tell what the usages hide, and uptime
 * and window to whole intervals, or they would tell how late a tick came.
 *
 * @param stepsPerOne how many steps make a usage of 1.0
 */
record Resolution(int stepsPerOne) {

    static final Resolution DEFAULT = new Resolution(10_000);

    /** Whether more is rounded away than the noise of the measurement. */
    boolean coarse() {
        return stepsPerOne < DEFAULT.stepsPerOne;
    }

    /** The usage of the nearest step, 0.0 to 1.0. */
    double usage(double usage) {
        return Math.rint(usage * stepsPerOne) / stepsPerOne;
    }

    /** A part of a whole, at the nearest step of the whole if coarse, else as it is. */
    long part(long part, long whole) {
        return coarse() ? (long) (usage((double) part / whole) * whole) : part;
    }

    /** A time, at the nearest multiple of {@code step} if coarse, else as it is; any unit. */
    long time(long time, long step) {
        return coarse() ? (time + step / 2) / step * step : time;
    }

    /** A counter, at the last step of {@code unit} if coarse, else as it is. */
    long counter(long value, long unit) {
        long step = Math.max(1, unit / stepsPerOne);
        return coarse() ? value - value % step : value;
    }
}
