package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.frame.MetricsFrame;
import java.util.concurrent.TimeUnit;

/**
 * Tells how old a frame's sample is when the frame arrives. For one thread.
 *
 * <p>Only the enclave knows when it sampled, and by a clock of its own: its monotonic uptime. The
 * difference of both clocks, arrival minus uptime, is smallest for the frame that came quickest; a
 * frame that waited in a socket buffer, because the launcher was suspended or had no CPU time, has
 * a larger one. So the age is the difference minus the smallest.
 *
 * <p>The smallest is taken of the last few <em>regular</em> frames only. Such a frame was not there
 * yet when the launcher came to read it, and it came about one interval after the frame before, so
 * it cannot have waited for longer than that. Regular frames follow the drift of the clocks, and
 * where a clock stood still (a paused enclave, a paused launcher) or jumped, one of them is enough
 * to begin anew. Any other frame counts as old by as much as the clocks disagree.
 */
final class SampleAge {

    /** What is older is only called old. Far from the ends of a {@code long}. */
    static final long MAX_NS = TimeUnit.DAYS.toNanos(1);

    private static final int KEPT = 8;

    private final long[] offsetsNs = new long[KEPT]; // of the last regular frames, a ring
    private int held;
    private int next;

    private boolean begun;
    private long smallestNs;
    private long lastUptimeNs;
    private long lastArrivalNs;

    /**
     * The age of a frame's sample, 0 to {@link #MAX_NS}. To be called for every frame, in their
     * order.
     *
     * @param arrivalNs the launcher's monotonic clock when the frame had been read
     * @param awaited whether the frame was not there yet when the launcher came to read it; false
     *     for the first of a connection, which may have been sampled long before it was made
     */
    long atArrivalNs(MetricsFrame frame, long arrivalNs, boolean awaited) {
        long offsetNs = arrivalNs - frame.uptimeNs();
        if (!begun || frame.uptimeNs() < lastUptimeNs) { // another enclave, with another clock
            begun = true;
            held = 0;
            smallestNs = offsetNs;
        }
        long gapNs = arrivalNs - lastArrivalNs;
        lastArrivalNs = arrivalNs;
        lastUptimeNs = frame.uptimeNs();
        long lateNs = offsetNs - smallestNs;
        if (awaited && isRegular(gapNs, frame)) {
            if (lateNs > gapNs) { // longer than it can have waited: the enclave's clock stood still
                held = 0;
            }
            keep(offsetNs);
            return bounded(offsetNs - smallestNs);
        }
        if (held == 0) { // nothing is certain yet: the quickest so far counts
            smallestNs = lateNs < 0 ? offsetNs : smallestNs;
            return bounded(lateNs);
        }
        // If negative, the launcher's own clock stood still, and the frame may be as old as that.
        long apartNs = lateNs < 0 ? -Math.max(lateNs, -MAX_NS) : lateNs;
        return bounded(apartNs - uptimeStepNs(frame));
    }

    private static boolean isRegular(long gapNs, MetricsFrame frame) {
        long intervalNs = intervalNs(frame);
        return gapNs >= intervalNs / 2 && gapNs <= intervalNs + intervalNs / 2;
    }

    /** An agent with a coarse resolution rounds its uptime, too: to whole intervals. */
    private static long uptimeStepNs(MetricsFrame frame) {
        return frame.coarseResolution() ? intervalNs(frame) : 0;
    }

    private static long intervalNs(MetricsFrame frame) {
        return TimeUnit.MILLISECONDS.toNanos(frame.intervalMs());
    }

    private void keep(long offsetNs) {
        next = held == 0 ? 0 : (next + 1) % KEPT;
        held = Math.min(held + 1, KEPT);
        offsetsNs[next] = offsetNs;
        smallestNs = offsetNs;
        for (int i = 0; i < held; i++) {
            if (offsetsNs[i] - smallestNs < 0) { // not <: the clocks' origins are arbitrary
                smallestNs = offsetsNs[i];
            }
        }
    }

    private static long bounded(long ageNs) {
        return Math.max(0, Math.min(ageNs, MAX_NS));
    }
}
