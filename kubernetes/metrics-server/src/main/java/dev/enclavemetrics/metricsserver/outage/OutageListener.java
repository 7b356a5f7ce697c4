package dev.enclavemetrics.metricsserver.outage;

import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import java.io.Closeable;

/** Receives the reports of outages; does not block. */
interface OutageListener extends Closeable {

    /** The pod should have a point, but has had none for a while. */
    void unavailable(WatchedPod pod, Reason reason);

    /** A pod that was reported as unavailable has a point again. */
    void available(WatchedPod pod);

    /** Creates no more Events; from any thread. */
    @Override
    void close();
}
