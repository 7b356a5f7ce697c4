package dev.enclavemetrics.kubectl.query;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A confidential pod with its usage, a line of the table.
 *
 * @param node empty if unknown
 * @param metrics the requested application metrics that the pod has, by name
 */
public record PodUsage(
        PodName pod, String node, Usage usage, Reason reason, Map<String, BigDecimal> metrics) {

    public PodUsage {
        metrics = Map.copyOf(metrics);
    }

    /** A pod without application metrics. */
    public PodUsage(PodName pod, String node, Usage usage, Reason reason) {
        this(pod, node, usage, reason, Map.of());
    }

    PodUsage onNode(String name) {
        return new PodUsage(pod, name, usage, reason, metrics);
    }

    /** With another reason, if there is one. */
    PodUsage because(@Nullable Reason other) {
        return other == null ? this : new PodUsage(pod, node, usage, other, metrics);
    }

    PodUsage withMetrics(Map<String, BigDecimal> values) {
        return new PodUsage(pod, node, usage, reason, values);
    }
}
