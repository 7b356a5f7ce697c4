package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.https.Answer;
import dev.enclavemetrics.https.StatusReason;
import java.util.ArrayList;
import java.util.List;

/** Answers for pods, from memory. */
final class PodQueries {

    private final MetricStore store;

    PodQueries(MetricStore store) {
        this.store = store;
    }

    /** The metric of one pod, as a list of one. */
    Answer one(MetricPath path, ApiTarget target) {
        QuerySelectors selectors = QuerySelectors.of(path, target);
        if (!selectors.metricLabels().isEmpty()) {
            throw notFound(path, " with selector " + selectors.metricText());
        }
        requireReady();
        PodReading pod = store.pod(path.namespace(), path.name());
        if (pod == null) {
            throw notFound(path, ": no pod of this name has " + PodWatch.LABEL + "=yes");
        }
        Point point = pod.point();
        if (point == null) {
            throw notFound(path, ": " + new Reason(pod.reason(), pod.message()));
        }
        return values(path, target, List.of(MetricValue.of(pod, point, metric(path))));
    }

    /** The metric of all pods that match and have a live point. */
    Answer all(MetricPath path, ApiTarget target) {
        QuerySelectors selectors = QuerySelectors.of(path, target);
        requireReady();
        List<MetricValue> values = new ArrayList<>();
        if (selectors.metricLabels().isEmpty()) { // else nothing of ours matches
            EnclaveMetric metric = metric(path);
            for (PodReading pod : store.pods(path.namespace(), selectors.labels())) {
                Point point = pod.point();
                if (point != null) {
                    values.add(MetricValue.of(pod, point, metric));
                }
            }
        }
        return values(path, target, values);
    }

    /** Each pod that matches, with a point or without. */
    Answer statuses(MetricPath path, ApiTarget target) {
        QuerySelectors selectors = QuerySelectors.of(path, target);
        List<PodReading> pods;
        if (path.ofAll()) {
            String namespace = path.namespace();
            pods = store.pods(namespace.isEmpty() ? null : namespace, selectors.labels());
        } else {
            PodReading pod = store.pod(path.namespace(), path.name());
            if (pod == null) {
                throw new RefusedException(
                        StatusReason.NOT_FOUND,
                        "pods \""
                                + path.name()
                                + "\" not found: no pod of this name has "
                                + PodWatch.LABEL
                                + "=yes");
            }
            pods = List.of(pod);
        }
        return Answer.json(StatusList.json(path.version(), pods, target.pretty()));
    }

    /**
     * Half of the pods would look to an autoscaler as if the others had gone. Once all were there a
     * stall is no reason to be silent: what is too old goes by itself.
     */
    void requireReady() {
        Health health = store.health();
        if (!health.isSynced() || !health.isCycled()) {
            throw new RefusedException(
                    StatusReason.SERVICE_UNAVAILABLE, health.whyNotReady() + "; try again");
        }
    }

    private static Answer values(MetricPath path, ApiTarget target, List<MetricValue> values) {
        return Answer.json(MetricValueList.json(path.version(), values, target.pretty()));
    }

    private static EnclaveMetric metric(MetricPath path) {
        EnclaveMetric metric = EnclaveMetric.of(path.subresource());
        if (metric == null) {
            throw path.notFound();
        }
        return metric;
    }

    private static RefusedException notFound(MetricPath path, String more) {
        return new RefusedException(StatusReason.NOT_FOUND, path.notFound().words() + more);
    }
}
