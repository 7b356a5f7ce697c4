package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;

/** The receive timeout: three intervals, once the interval is known. */
final class ReceiveTimeout {

    private static final int MAX_MS = forInterval(MetricsFrame.MAX_INTERVAL_MS);

    private int firstMs = MAX_MS;
    private int ms = MAX_MS;
    private boolean first = true;

    /** A new connection: the timeout for its first frame is that of the last connection. */
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
     * No frame arrived in time. If it was the first of a connection, the agent may have been
     * restarted with a longer interval, so the next connection waits longer.
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
