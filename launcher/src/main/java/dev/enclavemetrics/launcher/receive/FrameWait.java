package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;

/** How long the receiver waits for a frame: three intervals, as far as it knows the interval. */
final class FrameWait {

    private static final int MAX_MS = forInterval(MetricsFrame.MAX_INTERVAL_MS);

    private int firstMs = MAX_MS;
    private int ms = MAX_MS;
    private boolean first = true;

    /** A connection was made: its first frame may take as long as those of the last one. */
    void connected() {
        first = true;
        ms = firstMs;
    }

    int ms() {
        return ms;
    }

    void received(int intervalMs) {
        first = false;
        ms = forInterval(intervalMs);
        firstMs = ms;
    }

    /**
     * No frame came. If it was the first, the interval may have grown: the next may take longer.
     */
    void missed() {
        if (first) {
            firstMs = Math.min(2 * ms, MAX_MS);
        }
    }

    private static int forInterval(int intervalMs) {
        return ReceivedFrame.FRESH_INTERVALS * intervalMs;
    }
}
