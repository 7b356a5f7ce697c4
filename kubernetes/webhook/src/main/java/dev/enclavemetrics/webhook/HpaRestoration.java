package dev.enclavemetrics.webhook;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.webhook.MetricEntry.Enclave;
import dev.enclavemetrics.webhook.MetricEntry.Standard;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts the original metrics back when the label has gone, by the rule of {@link OriginalMetrics}:
 * only where their translation still stands. Where the update brings a standard metric of its own,
 * as one through autoscaling/v1 does, the translation goes. What was removed comes back at the end,
 * for the order of metrics means nothing to Kubernetes.
 */
final class HpaRestoration {

    private static final String METRICS = "/spec/metrics";

    private final Annotations annotations;
    private final List<JsonNode> metrics;
    private final Warnings warnings;

    HpaRestoration(AdmittedObject hpa) {
        annotations = Annotations.of(hpa.object());
        JsonNode list = hpa.object().path("spec").path("metrics");
        metrics = list.isArray() ? List.copyOf(list.values()) : List.of();
        warnings = new Warnings(hpa.subject());
    }

    Verdict verdict() {
        String value = annotations.get(OriginalMetrics.ANNOTATION);
        if (value == null) {
            return Verdict.allowed();
        }
        OriginalMetrics originals = OriginalMetrics.parse(value);
        if (originals == null || metrics.size() > HpaAdmission.MAX_METRICS) {
            warnings.add(OriginalMetrics.ANNOTATION + " cannot be read; metrics stay as they are");
            return Verdict.allowed(warnings.list());
        }
        JsonPatch patch = new JsonPatch();
        List<@Nullable Standard> standing = originals.standing(metrics);
        Set<EnclaveMetric> renewed = MetricEntry.standardMetrics(metrics);
        Deque<String> superseded = new ArrayDeque<>();
        for (int i = 0; i < standing.size(); i++) {
            Standard original = standing.get(i);
            String path = METRICS + "/" + i;
            if (original != null && renewed.contains(original.metric())) {
                superseded.addFirst(path); // a removal moves what comes after it
            } else if (original != null) {
                patch.test(path + "/type", "Pods").replace(path, original.entry());
            } else if (MetricEntry.read(metrics.get(i)) instanceof Enclave edited
                    && originals.replaced().stream().anyMatch(o -> o.metric() == edited.metric())) {
                warnings.add(
                        "metrics["
                                + i
                                + "] "
                                + edited.metric().metricName()
                                + " was edited since, and stays");
            }
        }
        for (String path : superseded) {
            patch.test(path + "/type", "Pods").remove(path);
        }
        for (Standard original : originals.stillRemoved(metrics)) {
            patch.add(METRICS + "/-", original.entry());
        }
        annotations.remove(OriginalMetrics.ANNOTATION, patch);
        return new Verdict(patch.operations(), warnings.list(), Map.of(), null);
    }
}
