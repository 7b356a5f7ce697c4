package dev.enclavemetrics.webhook.hpa;

import dev.enclavemetrics.contract.AnnotationKeys;
import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Annotations;
import dev.enclavemetrics.webhook.admission.Warnings;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Enclave;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Standard;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Restores the original metrics when the label is removed, by the rule of {@link OriginalMetrics}:
 * only if their translation is unedited. If the update itself contains a standard metric, as one
 * through autoscaling/v1 does, the translation is removed instead. Metrics that were removed are
 * appended; their order has no effect in Kubernetes.
 */
final class HpaRestoration {

    private final Annotations annotations;
    private final List<JsonNode> metrics;
    private final Warnings warnings;

    HpaRestoration(AdmissionRequest hpa) {
        annotations = Annotations.of(hpa.object());
        metrics = MetricEntry.list(hpa.object().path("spec"));
        warnings = new Warnings(hpa.subject());
    }

    AdmissionResponse response() {
        String value = annotations.get(AnnotationKeys.ORIGINAL_METRICS);
        if (value == null) {
            return AdmissionResponse.allowed();
        }
        OriginalMetrics originals = OriginalMetrics.parse(value);
        if (originals == null || metrics.size() > MetricsPlan.MAX_METRICS) {
            warnings.add(
                    AnnotationKeys.ORIGINAL_METRICS + " cannot be read; metrics stay unchanged");
            return AdmissionResponse.allowed(warnings.list());
        }
        MetricsPatch patch = new MetricsPatch();
        List<@Nullable Standard> unedited = originals.unedited(metrics);
        Set<EnclaveMetric> renewed = MetricEntry.standardMetrics(metrics);
        Deque<Integer> superseded = new ArrayDeque<>(); // from the last to the first
        for (int i = 0; i < unedited.size(); i++) {
            Standard original = unedited.get(i);
            if (original != null && renewed.contains(original.metric())) {
                superseded.addFirst(i);
            } else if (original != null) {
                patch.replace(i, "Pods", original.entry());
            } else if (MetricEntry.read(metrics.get(i)) instanceof Enclave edited
                    && originals.replaced().stream().anyMatch(o -> o.metric() == edited.metric())) {
                String name = edited.metric().metricName();
                warnings.add("metrics[" + i + "] " + name + " was edited since, and stays");
            }
        }
        superseded.forEach(i -> patch.remove(i, "Pods"));
        originals.stillRemoved(metrics).forEach(original -> patch.append(original.entry()));
        annotations.remove(AnnotationKeys.ORIGINAL_METRICS, patch.operations());
        return AdmissionResponse.patched(patch.operations(), warnings, Map.of());
    }
}
