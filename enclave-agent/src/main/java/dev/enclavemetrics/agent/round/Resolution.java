package dev.enclavemetrics.agent.round;

/**
 * The step that values are rounded to. A coarser one than the default bounds what the untrusted
 * host can learn about the workload from changes of the numbers. Then bytes and CPU times are
 * rounded too, since they would reveal what the usages hide, and uptime and window to whole
 * intervals, since they would reveal the delay of each tick.
 *
 * @param stepsPerOne the number of steps from 0.0 to 1.0
 */
public record Resolution(int stepsPerOne) {

    public static final Resolution DEFAULT = new Resolution(10_000);

    /** Whether the step is coarser than the default. */
    public boolean coarse() {
        return stepsPerOne < DEFAULT.stepsPerOne;
    }

    /** Rounds a usage to the nearest step, 0.0 to 1.0. */
    public double usage(double usage) {
        return Math.rint(usage * stepsPerOne) / stepsPerOne;
    }

    /** If coarse, rounds a part of a whole to the nearest step of the whole. */
    public long part(long part, long whole) {
        return coarse() ? (long) (usage((double) part / whole) * whole) : part;
    }

    /** If coarse, rounds a time to the nearest multiple of {@code step}, in any unit. */
    public long time(long time, long step) {
        return coarse() ? (time + step / 2) / step * step : time;
    }

    /** As many as the number of steps has: 0.0001 gives four, 0.01 two, 0.05 one. */
    public SignificantDigits significantDigits() {
        return new SignificantDigits(Math.max(1, (int) Math.floor(Math.log10(stepsPerOne))));
    }

    /** If coarse, rounds a number of things to significant digits. */
    public long count(long count) {
        return coarse() ? (long) significantDigits().rounded((double) count) : count;
    }

    /** If coarse, rounds up to a multiple: fewer than one then look the same. */
    public long multiple(long count, int step) {
        return coarse() ? (count + step - 1) / step * step : count;
    }

    /** If coarse, rounds a counter down to a step of {@code unit}. */
    public long counter(long value, long unit) {
        long step = Math.max(1, unit / stepsPerOne);
        return coarse() ? value - value % step : value;
    }
}
