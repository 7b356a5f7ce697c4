package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.contract.EnclaveStatus;
import dev.enclavemetrics.metricsserver.query.ObjectQueries;
import dev.enclavemetrics.metricsserver.query.PodQueries;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request is for: selects the handler, and is the label of its latency. */
enum RequestKind {
    POD,
    PODS,
    STATUS,
    OBJECT,
    /** Well-formed, but not served here. */
    OTHER_METRIC,
    DISCOVERY,
    HEALTH,
    OWN_METRICS,
    OTHER;

    private static final String NAMESPACE_METRICS = "metrics";

    static RequestKind of(ApiTarget target, @Nullable MetricPath metric) {
        if (metric != null) {
            return of(metric);
        }
        return switch (target.path()) {
            case "/livez", "/readyz", "/healthz" -> HEALTH;
            case "/metrics" -> OWN_METRICS;
            default -> target.path().startsWith("/apis") ? DISCOVERY : OTHER;
        };
    }

    private static RequestKind of(MetricPath path) {
        boolean namespaced = !path.namespace().isEmpty();
        if (path.hasMore()) {
            return OTHER;
        }
        if (path.resource().equals("pods")
                && path.subresource().equals(EnclaveStatus.SUBRESOURCE)) {
            return namespaced || path.selectsAll() ? STATUS : OTHER;
        }
        if (PodQueries.isMetric(path)) {
            return namespaced ? (path.selectsAll() ? PODS : POD) : OTHER;
        }
        if (ObjectQueries.isAggregate(path)) {
            return namespaced && !path.selectsAll() ? OBJECT : OTHER;
        }
        boolean ofNamespace =
                namespaced
                        && path.resource().equals(NAMESPACE_METRICS)
                        && !path.name().isEmpty()
                        && path.subresource().isEmpty();
        return ofNamespace || !path.subresource().isEmpty() ? OTHER_METRIC : OTHER;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
