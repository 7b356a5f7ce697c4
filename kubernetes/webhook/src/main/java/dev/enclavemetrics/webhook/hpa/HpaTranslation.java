package dev.enclavemetrics.webhook.hpa;

import dev.enclavemetrics.contract.AnnotationKeys;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Annotations;
import dev.enclavemetrics.webhook.admission.JsonPatch;
import dev.enclavemetrics.webhook.admission.Warnings;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Standard;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Translates the metrics of one HPA, and keeps the original metrics in an annotation. */
final class HpaTranslation {

    private final AdmissionRequest hpa;
    private final OnUntranslatable onUntranslatable;
    private final Annotations annotations;
    private final Warnings warnings;

    HpaTranslation(AdmissionRequest hpa, OnUntranslatable onUntranslatable) {
        this.hpa = hpa;
        this.onUntranslatable = onUntranslatable;
        annotations = Annotations.of(hpa.object());
        warnings = new Warnings(hpa.subject());
    }

    AdmissionResponse response() {
        JsonNode spec = hpa.object().path("spec");
        List<JsonNode> metrics = MetricEntry.list(spec);
        boolean isDefault = metrics.isEmpty() && isAbsent(spec);
        OriginalMetrics originals = originals();
        if (isDefault) {
            metrics = List.of(MetricsPlan.DEFAULT_METRIC.entry());
            warnings.add(
                    "no metrics given: the default, "
                            + MetricsPlan.DEFAULT_METRIC
                            + ", is translated");
        }
        List<@Nullable Standard> unedited = originals.unedited(metrics);
        MetricsPlan plan = MetricsPlan.of(metrics, OriginalMetrics.present(unedited), spec);
        plan.warnings().forEach(warnings::add);
        if (!plan.untranslatable().isEmpty()) {
            if (onUntranslatable == OnUntranslatable.REFUSE && !wasUntranslatable(plan, metrics)) {
                return AdmissionResponse.refused(
                        StatusReason.INVALID, refusal(plan), warnings.list());
            }
            plan.untranslatableWarnings().forEach(warnings::add);
        }
        MetricsPatch patch = new MetricsPatch();
        if (isDefault) {
            patch.create(MetricsPlan.DEFAULT_METRIC.translation());
        } else {
            if (hpa.isConverted()) {
                patch.rewrite(unedited, metrics, plan);
            }
            patch.apply(plan);
        }
        keep(originals.after(plan, metrics), patch.operations());
        return AdmissionResponse.patched(patch.operations(), warnings, audit(plan));
    }

    /** Whether there is no metric. The API server refuses anything else that is not a list. */
    private static boolean isAbsent(JsonNode spec) {
        JsonNode metrics = spec.path("metrics");
        return spec.isObject()
                && (metrics.isMissingNode() || metrics.isNull() || metrics.isArray());
    }

    private OriginalMetrics originals() {
        String value = annotations.get(AnnotationKeys.ORIGINAL_METRICS);
        OriginalMetrics originals =
                value == null ? OriginalMetrics.NONE : OriginalMetrics.parse(value);
        if (originals == null) {
            warnings.add(AnnotationKeys.ORIGINAL_METRICS + " cannot be read; it is replaced");
            return OriginalMetrics.NONE;
        }
        return originals;
    }

    /** An update that adds no untranslatable metric is not refused for existing ones. */
    private boolean wasUntranslatable(MetricsPlan plan, List<JsonNode> metrics) {
        Set<JsonNode> before =
                MetricEntry.list(hpa.old().path("spec")).stream()
                        .map(MetricForm::normal)
                        .collect(Collectors.toSet());
        return hpa.isUpdate()
                && hpa.wasManaged()
                && plan.untranslatable().keySet().stream()
                        .allMatch(i -> before.contains(MetricForm.normal(metrics.get(i))));
    }

    private String refusal(MetricsPlan plan) {
        return hpa.fullSubject()
                + ": "
                + String.join("; ", plan.untranslatableErrors())
                + " (or remove the label "
                + ManagedLabel.KEY
                + " to scale by the launcher's own usage)";
    }

    private void keep(OriginalMetrics originals, JsonPatch patch) {
        String before = annotations.get(AnnotationKeys.ORIGINAL_METRICS);
        @Nullable String after = originals.isEmpty() ? null : originals.json();
        if (after != null && !annotations.fits(AnnotationKeys.ORIGINAL_METRICS, after)) {
            warnings.add("annotations are full: removing the label will not restore the metrics");
            after = null;
        }
        if (after == null && before != null) {
            annotations.remove(AnnotationKeys.ORIGINAL_METRICS, patch);
        } else if (after != null && !after.equals(before)) {
            annotations.set(Map.of(AnnotationKeys.ORIGINAL_METRICS, after), patch);
        }
    }

    private static Map<String, String> audit(MetricsPlan plan) {
        String targets =
                Stream.concat(plan.replaced().values().stream(), plan.removed().values().stream())
                        .map(Standard::toString)
                        .collect(Collectors.joining(", "));
        return targets.isEmpty() ? Map.of() : Map.of("original-targets", targets);
    }
}
