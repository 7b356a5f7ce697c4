package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.frame.MetricsFrame;
import java.util.concurrent.TimeUnit;

/**
 * Computes how old a frame's sample is when the frame arrives. For one thread.
 *
 * <p>Only the enclave knows when it sampled, and only by its own clock, the monotonic uptime. The
 * offset of a frame is its arrival (launcher's clock) minus its uptime (enclave's clock). The
 * offset is smallest for the frame that arrived fastest; a frame that waited in a socket buffer,
 * because the launcher was suspended or had no CPU time, has a larger one. So the age is the offset
 * minus the smallest offset.
 *
 * <p>Only the last few <em>regular</em> frames define the smallest offset. A regular frame had not
 * arrived yet when the launcher started to read, and it arrived about one interval after the
 * previous frame, so it cannot have waited longer than that. Regular frames follow the drift of the
 * clocks; if a clock stood still (paused enclave, paused launcher) or jumped, one regular frame is
 * enough to start again. Any other frame counts as older by the whole difference.
 */
final class SampleAge {

    /** Greater ages are cut to this, so that no sum overflows. */
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
     * The age of a frame's sample, 0 to {@link #MAX_NS}. Must be called for every frame, in order.
     *
     * @param arrivalNs the launcher's monotonic clock when the frame had been read
     * @param awaited whether the frame had not arrived yet when the launcher started to read; false
     *     for the first frame of a connection, which may have been sampled long before
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
            if (lateNs > gapNs) { // too late to have waited: the enclave's clock stood still
                held = 0;
            }
            keep(offsetNs);
            return bounded(offsetNs - smallestNs);
        }
        if (held == 0) { // no regular frame yet: the fastest so far counts
            smallestNs = lateNs < 0 ? offsetNs : smallestNs;
            return bounded(lateNs);
        }
        // If negative, the launcher's own clock stood still, and the frame may be that old.
        long apartNs = lateNs < 0 ? -Math.max(lateNs, -MAX_NS) : lateNs;
        return bounded(apartNs - uptimeStepNs(frame));
    }

    private static boolean isRegular(long gapNs, MetricsFrame frame) {
        long intervalNs = intervalNs(frame);
        return gapNs >= intervalNs / 2 && gapNs <= intervalNs + intervalNs / 2;
    }

    /** An agent with a coarse resolution also rounds its uptime, to whole intervals. */
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
