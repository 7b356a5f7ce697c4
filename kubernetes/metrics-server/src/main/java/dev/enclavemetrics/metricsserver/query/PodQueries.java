package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.contract.EnclaveStatus;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.metricsserver.json.JsonBytes;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.metricsserver.selector.LabelSelector;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.PodView;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.serving.http.Answer;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import java.util.ArrayList;
import java.util.List;

/** Answers queries for pods, from memory. For one thread. */
public final class PodQueries {

    private final MetricStore store;
    private final Health health;
    private final JsonBytes json = new JsonBytes();

    /** The resources that are served here. */
    public static List<ApiResource> resources() {
        List<ApiResource> resources = new ArrayList<>();
        for (EnclaveMetric metric : EnclaveMetric.values()) {
            resources.add(
                    new ApiResource("pods", metric.metricName(), true, ApiResource.METRIC_VALUES));
        }
        resources.add(
                new ApiResource("pods", EnclaveStatus.SUBRESOURCE, true, EnclaveStatus.LIST_KIND));
        return resources;
    }

    public PodQueries(MetricStore store, Health health) {
        this.store = store;
        this.health = health;
    }

    /** The metric of one pod, as a list of one. */
    public Answer one(MetricPath path, ApiTarget target) {
        QuerySelectors selectors = QuerySelectors.of(path, target);
        if (!selectors.metricLabels().isEmpty()) {
            throw path.notFound(" with selector " + selectors.metricText());
        }
        requireReady();
        PodView pod = store.pod(path.namespace(), path.name());
        if (pod == null) {
            throw path.notFound(": no pod of this name has " + ManagedLabel.SELECTOR);
        }
        Point point = pod.point();
        if (point == null) {
            throw path.notFound(": " + pod.reason());
        }
        MetricValueList values = noValues(path);
        add(values, pod.pod().name(), point, metric(path));
        return Answer.json(values.end(target.pretty()));
    }

    /**
     * The metric of all pods that match and have a live point.
     *
     * @throws RefusedException if no watched pod matches the selector: the HPA shows its message to
     *     a user who forgot the label on the pods
     */
    public Answer all(MetricPath path, ApiTarget target) {
        QuerySelectors selectors = QuerySelectors.of(path, target);
        requireReady();
        MetricValueList values = noValues(path);
        if (selectors.metricLabels().isEmpty()) { // otherwise no series matches
            EnclaveMetric metric = metric(path);
            store.forEachPoint(
                    path.namespace(),
                    selectors.labels(),
                    (pod, point) -> add(values, pod, point, metric));
            if (values.isEmpty()
                    && selectors.labels() != LabelSelector.EVERYTHING
                    && !store.hasPod(path.namespace(), selectors.labels())) {
                throw path.notFound(
                        ": no pod in namespace "
                                + path.namespace()
                                + " that matches "
                                + target.parameter("labelSelector")
                                + " has the label "
                                + ManagedLabel.SELECTOR
                                + "; add it to the Pod template");
            }
        }
        return Answer.json(values.end(target.pretty()));
    }

    /** The status of each pod that matches, with or without a point. */
    public Answer statuses(MetricPath path, ApiTarget target) {
        QuerySelectors selectors = QuerySelectors.of(path, target);
        List<PodView> pods;
        if (path.selectsAll()) {
            String namespace = path.namespace();
            pods = store.pods(namespace.isEmpty() ? null : namespace, selectors.labels());
        } else {
            PodView pod = store.pod(path.namespace(), path.name());
            if (pod == null) {
                throw new RefusedException(
                        StatusReason.NOT_FOUND,
                        "pods \""
                                + path.name()
                                + "\" not found: no pod of this name has "
                                + ManagedLabel.SELECTOR);
            }
            pods = List.of(pod);
        }
        return Answer.json(StatusList.json(path.version(), pods, target.pretty()));
    }

    /**
     * Refuses queries until all pods were scraped once: an autoscaler would mistake a partial set
     * for missing pods. Later stalls do not matter here, since old points expire by themselves.
     */
    void requireReady() {
        if (!health.isSynced() || !health.isCycled()) {
            throw new RefusedException(
                    StatusReason.SERVICE_UNAVAILABLE, health.readinessProblem() + "; try again");
        }
    }

    private MetricValueList noValues(MetricPath path) {
        return new MetricValueList(
                json,
                new MetricValueList.Shared(
                        path.version(), "Pod", "/v1", path.namespace(), path.subresource()));
    }

    private static void add(MetricValueList values, String pod, Point point, EnclaveMetric metric) {
        values.add(pod, point.sampledAt(), point.windowSeconds(), point.milli(metric));
    }

    private static EnclaveMetric metric(MetricPath path) {
        EnclaveMetric metric = EnclaveMetric.ofMetricName(path.subresource());
        if (metric == null) {
            throw path.notFound();
        }
        return metric;
    }
}
