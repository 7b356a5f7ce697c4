package dev.enclavemetrics.metricsserver.outage;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import org.jspecify.annotations.Nullable;

/** Reports outages in the log and, if enabled, by Events on the pods. */
final class OutageLog implements OutageListener {

    private final Log log;
    private final @Nullable EventWriter events;

    OutageLog(Log log, @Nullable EventWriter events) {
        this.log = log;
        this.events = events;
    }

    @Override
    public void unavailable(WatchedPod pod, Reason reason) {
        log.warn("pod " + pod.fullName() + " has no enclave metrics: " + reason);
        if (events != null) {
            events.write(pod, EventWriter.UNAVAILABLE, "No enclave metrics: " + reason);
        }
    }

    @Override
    public void available(WatchedPod pod) {
        log.info("pod " + pod.fullName() + " has enclave metrics again");
        if (events != null) {
            events.write(pod, EventWriter.AVAILABLE, "Enclave metrics are available again");
        }
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
    }
}
