package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.metricsserver.cluster.ClusterCalls;
import dev.enclavemetrics.metricsserver.json.JsonBytes;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.metricsserver.selector.LabelSelector;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.PodView;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.serving.http.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Answers queries for objects that select pods: one number for all of their pods that are ready and
 * have a live point. The object's selector comes from the API server and is cached for a few
 * seconds.
 */
public final class ObjectQueries {

    /** DNS-1123 subdomains; anything else would change the path. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?");

    private final PodQueries pods;
    private final MetricStore store;
    private final ObjectSelectors selectors;

    /**
     * The resources that are served here.
     *
     * @param podMetrics the names of the metrics of pods
     */
    public static List<ApiResource> resources(List<String> podMetrics) {
        List<ApiResource> resources = new ArrayList<>();
        for (DescribedKind kind : DescribedKind.values()) {
            for (String metric : podMetrics) {
                for (String name : Aggregate.names(metric)) {
                    resources.add(
                            new ApiResource(
                                    kind.resource(), name, true, ApiResource.METRIC_VALUES));
                }
            }
        }
        return resources;
    }

    /** Whether the path names an aggregate of an object that is answered here. */
    public static boolean isAggregate(MetricPath path) {
        return DescribedKind.of(path.resource()) != null
                && Aggregate.of(path.subresource()) != null;
    }

    public ObjectQueries(MetricStore store, PodQueries pods, ClusterCalls calls, Clock clock) {
        this.store = store;
        this.pods = pods;
        selectors = new ObjectSelectors(calls, clock);
    }

    /**
     * The aggregate of an object, as a list of one.
     *
     * @param client the client's key for fair sharing
     */
    public CompletableFuture<Answer> answer(MetricPath path, ApiTarget target, String client) {
        DescribedKind kind = DescribedKind.of(path.resource());
        Aggregate aggregate = Aggregate.of(path.subresource());
        if (kind == null || aggregate == null || !areNames(path)) {
            throw path.notFound();
        }
        QuerySelectors query = QuerySelectors.of(path, target);
        if (!query.metricLabels().isEmpty()) {
            throw path.notFound(" with selector " + query.metricText());
        }
        pods.requireReady();
        return selectors
                .get(kind, path, client)
                .thenApply(
                        selector -> {
                            List<Point> points = points(kind, aggregate, path, selector);
                            return Answer.json(
                                    value(kind, aggregate, path, points).end(target.pretty()));
                        });
    }

    private static boolean areNames(MetricPath path) {
        return NAME.matcher(path.namespace()).matches() && NAME.matcher(path.name()).matches();
    }

    /** The points of the object's ready pods that have the metric; at least one. */
    private List<Point> points(
            DescribedKind kind,
            Aggregate aggregate,
            MetricPath path,
            Optional<LabelSelector> selector) {
        List<Point> points = new ArrayList<>();
        int selected = 0;
        LabelSelector labels =
                selector.orElseThrow(() -> path.notFound(": there is no such " + kind.kind()));
        for (PodView pod : store.pods(path.namespace(), labels)) {
            selected++;
            Point point = pod.point();
            if (point != null
                    && pod.pod().ready()
                    && !Double.isNaN(aggregate.metric().value(point))) {
                points.add(point);
            }
        }
        if (points.isEmpty()) {
            throw path.notFound(
                    ": of its "
                            + selected
                            + " pods with "
                            + ManagedLabel.SELECTOR
                            + " none is ready and has a live value");
        }
        return points;
    }

    private static MetricValueList value(
            DescribedKind kind, Aggregate aggregate, MetricPath path, List<Point> points) {
        return new MetricValueList(
                        new JsonBytes(),
                        new MetricValueList.Shared(
                                path.version(),
                                kind.kind(),
                                kind.apiVersion(),
                                path.namespace(),
                                aggregate.metricName()))
                .add(
                        path.name(),
                        points.stream()
                                .map(Point::sampledAt)
                                .min(Comparator.naturalOrder())
                                .orElseThrow(),
                        points.stream().mapToInt(Point::windowSeconds).max().orElseThrow(),
                        aggregate.quantity(points));
    }
}
