package dev.enclavemetrics.metricsserver.outage;

import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.metricsserver.store.WatchedPod;

/** Takes word of a pod's outage; does not block. */
interface OutageListener {

    /** The pod should have a point, and had none for a while. */
    void unavailable(WatchedPod pod, Reason reason);

    /** One that was told of as unavailable has a point again. */
    void available(WatchedPod pod);
}
