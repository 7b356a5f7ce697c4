package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.metricsserver.query.ObjectQueries;
import dev.enclavemetrics.metricsserver.query.PodQueries;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request is for: decides who answers it, and what its latency counts as. */
enum RequestKind {
    POD,
    PODS,
    STATUS,
    OBJECT,
    /** Well-formed, but nothing of ours. */
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
        if (path.longer()) {
            return OTHER;
        }
        if (path.resource().equals("pods")) {
            if (path.subresource().equals(PodQueries.STATUS)) {
                return namespaced || path.ofAll() ? STATUS : OTHER;
            }
            if (EnclaveMetric.ofMetricName(path.subresource()) != null) {
                return namespaced ? (path.ofAll() ? PODS : POD) : OTHER;
            }
        }
        if (ObjectQueries.isAggregate(path)) {
            return namespaced && !path.ofAll() ? OBJECT : OTHER;
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
