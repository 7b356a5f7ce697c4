package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.metricsserver.query.ObjectQueries;
import dev.enclavemetrics.metricsserver.query.PodQueries;
import dev.enclavemetrics.metricsserver.request.ApiResource;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The resources that this server serves itself. They include the application metrics that pods have
 * now. To find these it looks at all pods, at most every few seconds. For one thread.
 */
final class OwnResources implements Supplier<List<ApiResource>> {

    private static final long LIFE_NS = Duration.ofSeconds(5).toNanos();

    private final MetricStore store;
    private final Clock clock;
    private List<String> metrics = List.of();
    private List<ApiResource> resources = List.of();
    private long readNs;

    OwnResources(MetricStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The same list as before if nothing has changed. */
    @Override
    public List<ApiResource> get() {
        long nowNs = clock.nanoTime();
        if (resources.isEmpty() || nowNs - readNs >= LIFE_NS) {
            readNs = nowNs;
            List<String> found = PodQueries.metrics(store);
            if (!found.equals(metrics)) {
                metrics = found;
                List<ApiResource> own = new ArrayList<>(PodQueries.resources(found));
                own.addAll(ObjectQueries.resources(found));
                resources = List.copyOf(own);
            }
        }
        return resources;
    }
}
