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

    private static final String NOT_REPORTED =
            "its application does not report it now, or application-metrics of the agent does not"
                    + " name it";

    private final MetricStore store;
    private final Health health;
    private final JsonBytes json = new JsonBytes();

    /** The metrics of pods that discovery lists: the usages, and what applications report now. */
    public static List<String> metrics(MetricStore store) {
        List<String> names = new ArrayList<>();
        for (EnclaveMetric usage : EnclaveMetric.values()) {
            names.add(usage.metricName());
        }
        names.addAll(ListedMetrics.of(store.applicationMetrics()));
        return names;
    }

    /**
     * The resources that are served here.
     *
     * @param metrics the names of the metrics of pods
     */
    public static List<ApiResource> resources(List<String> metrics) {
        List<ApiResource> resources = new ArrayList<>();
        for (String metric : metrics) {
            resources.add(new ApiResource("pods", metric, true, ApiResource.METRIC_VALUES));
        }
        resources.add(
                new ApiResource("pods", EnclaveStatus.SUBRESOURCE, true, EnclaveStatus.LIST_KIND));
        return resources;
    }

    /** Whether the path names a metric of pods that is answered here. */
    public static boolean isMetric(MetricPath path) {
        return path.resource().equals("pods") && PodMetric.of(path.subresource()) != null;
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
        if (values.isEmpty()) {
            throw path.notFound(": " + NOT_REPORTED);
        }
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
            PodMetric metric = metric(path);
            store.forEachPoint(
                    path.namespace(),
                    selectors.labels(),
                    (pod, point) -> add(values, pod, point, metric));
            if (values.isEmpty() && selectors.labels() != LabelSelector.EVERYTHING) {
                requirePods(path, target, selectors.labels());
            }
        }
        return Answer.json(values.end(target.pretty()));
    }

    /** Refuses a selection that cannot have a value; while its pods start, it can. */
    private void requirePods(MetricPath path, ApiTarget target, LabelSelector labels) {
        String selection =
                " in namespace "
                        + path.namespace()
                        + " that matches "
                        + target.parameter("labelSelector");
        if (!store.hasPod(path.namespace(), labels)) {
            throw path.notFound(
                    ": no pod"
                            + selection
                            + " has the label "
                            + ManagedLabel.SELECTOR
                            + "; add it to the Pod template");
        }
        if (store.pods(path.namespace(), labels).stream().anyMatch(pod -> pod.point() != null)) {
            throw path.notFound(": no pod" + selection + " has a value of it: " + NOT_REPORTED);
        }
    }

    /** The status of each pod that matches, with or without a point. */
    public Answer statuses(MetricPath path, ApiTarget target) {
        QuerySelectors selectors = QuerySelectors.of(path, target);
        List<PodMetric> metrics = PodMetric.list(target.parameter(EnclaveStatus.METRICS));
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
        return Answer.json(StatusList.json(path.version(), pods, metrics, target.pretty()));
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

    private static void add(MetricValueList values, String pod, Point point, PodMetric metric) {
        double value = metric.value(point);
        if (!Double.isNaN(value)) {
            values.add(pod, point.sampledAt(), point.windowSeconds(), metric.quantity(value));
        }
    }

    private static PodMetric metric(MetricPath path) {
        PodMetric metric = PodMetric.of(path.subresource());
        if (metric == null) {
            throw path.notFound();
        }
        return metric;
    }
}
