package dev.enclavemetrics.webhook;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.serving.StatusReason;
import dev.enclavemetrics.webhook.MetricEntry.Standard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Translates the metrics of a labelled HPA, and restores them when the label goes. */
final class HpaAdmission {

    static final int MAX_METRICS = 100;

    /** What Kubernetes scales by where no metrics are given (autoscaling/v2, SetDefaults). */
    static final Standard DEFAULT_METRIC = new Standard(EnclaveMetric.CPU_USAGE, 80);

    private static final String METRICS = "/spec/metrics";
    private static final String ENTRY = METRICS + "/";

    private final OnUntranslatable onUntranslatable;

    HpaAdmission(OnUntranslatable onUntranslatable) {
        this.onUntranslatable = onUntranslatable;
    }

    Verdict admit(AdmittedObject hpa) {
        if (hpa.isBeingDeleted()) {
            return Verdict.allowed();
        }
        if (!hpa.isManaged()) {
            return hpa.update() ? new HpaRestoration(hpa).verdict() : Verdict.allowed();
        }
        Warnings warnings = new Warnings(hpa.subject());
        String owner = KedaOwner.of(hpa.object());
        if (owner != null) {
            warnings.add(owner);
            return Verdict.allowed(warnings.list());
        }
        JsonNode metrics = hpa.object().path("spec").path("metrics");
        if (metrics.size() > MAX_METRICS) {
            return Verdict.refused(
                    StatusReason.INVALID,
                    hpa.fullSubject()
                            + ": spec.metrics must have at most "
                            + MAX_METRICS
                            + " entries to be translated, found "
                            + metrics.size()
                            + "; remove some, or the label "
                            + ManagedLabel.KEY,
                    List.of());
        }
        return translated(hpa, warnings);
    }

    private Verdict translated(AdmittedObject hpa, Warnings warnings) {
        JsonNode spec = hpa.object().path("spec");
        List<JsonNode> metrics = entries(spec);
        boolean byDefault = metrics.isEmpty() && isAbsent(spec);
        OriginalMetrics earlier = earlier(hpa.object(), warnings);
        if (byDefault) {
            metrics = List.of(DEFAULT_METRIC.entry());
            warnings.add("no metrics given: the default, " + DEFAULT_METRIC + ", is translated");
        }
        List<@Nullable Standard> standing = earlier.standing(metrics);
        MetricsPlan plan = MetricsPlan.of(metrics, OriginalMetrics.ours(standing), spec);
        plan.warnings().forEach(warnings::add);
        if (!plan.problems().isEmpty()) {
            if (onUntranslatable == OnUntranslatable.REFUSE && !wasSo(hpa, plan, metrics)) {
                return Verdict.refused(
                        StatusReason.INVALID, message(hpa, plan.problems()), warnings.list());
            }
            plan.briefProblems().forEach(warnings::add);
        }
        JsonPatch patch = new JsonPatch();
        if (byDefault) {
            patch.add(
                    METRICS,
                    JsonNodeFactory.instance.arrayNode().add(DEFAULT_METRIC.translation()));
        } else {
            if (hpa.converted()) {
                rewrite(standing, metrics, plan, patch);
            }
            carryOut(plan, patch);
        }
        keep(earlier.after(plan, metrics), Annotations.of(hpa.object()), patch, warnings);
        return new Verdict(patch.operations(), warnings.list(), audit(plan), null);
    }

    private static List<JsonNode> entries(JsonNode spec) {
        JsonNode metrics = spec.path("metrics");
        return metrics.isArray() ? List.copyOf(metrics.values()) : List.of();
    }

    /** Anything else that is no list is for the API server to refuse. */
    private static boolean isAbsent(JsonNode spec) {
        JsonNode metrics = spec.path("metrics");
        return spec.isObject()
                && (metrics.isMissingNode() || metrics.isNull() || metrics.isArray());
    }

    private static OriginalMetrics earlier(JsonNode object, Warnings warnings) {
        String value = Annotations.of(object).get(OriginalMetrics.ANNOTATION);
        OriginalMetrics earlier =
                value == null ? OriginalMetrics.NONE : OriginalMetrics.parse(value);
        if (earlier == null) {
            warnings.add(
                    OriginalMetrics.ANNOTATION + " is not as it was written; it is written anew");
            return OriginalMetrics.NONE;
        }
        return earlier;
    }

    /** An update that brings nothing untranslatable is no time to refuse what was there before. */
    private static boolean wasSo(AdmittedObject hpa, MetricsPlan plan, List<JsonNode> metrics) {
        Set<JsonNode> before =
                entries(hpa.old().path("spec")).stream()
                        .map(MetricForm::normal)
                        .collect(Collectors.toSet());
        return hpa.update()
                && hpa.wasManaged()
                && plan.untranslatable().keySet().stream()
                        .allMatch(i -> before.contains(MetricForm.normal(metrics.get(i))));
    }

    private static String message(AdmittedObject hpa, List<String> problems) {
        return hpa.fullSubject()
                + ": "
                + String.join("; ", problems)
                + " (or remove the label "
                + ManagedLabel.KEY
                + " to scale by the launcher's own usage)";
    }

    /** What is ours keeps its form when autoscaling/v1, which has no place for it, changed it. */
    private static void rewrite(
            List<@Nullable Standard> standing,
            List<JsonNode> metrics,
            MetricsPlan plan,
            JsonPatch patch) {
        for (int i = 0; i < standing.size(); i++) {
            Standard original = standing.get(i);
            if (original != null
                    && !plan.superseded().contains(i)
                    && !metrics.get(i).equals(original.translation())) {
                patch.test(ENTRY + i + "/type", "Pods").replace(ENTRY + i, original.translation());
            }
        }
    }

    /** First the replacements, which move nothing, then the removals, from the last one on. */
    private static void carryOut(MetricsPlan plan, JsonPatch patch) {
        plan.replaced()
                .forEach(
                        (index, standard) ->
                                patch.test(ENTRY + index + "/type", "Resource")
                                        .replace(ENTRY + index, standard.translation()));
        List<Integer> removals =
                new ArrayList<>(
                        Stream.concat(plan.removed().keySet().stream(), plan.superseded().stream())
                                .toList());
        removals.sort(Collections.reverseOrder());
        for (int index : removals) {
            patch.test(
                            ENTRY + index + "/type",
                            plan.removed().containsKey(index) ? "Resource" : "Pods")
                    .remove(ENTRY + index);
        }
    }

    private static void keep(
            OriginalMetrics originals,
            Annotations annotations,
            JsonPatch patch,
            Warnings warnings) {
        String before = annotations.get(OriginalMetrics.ANNOTATION);
        @Nullable String after = originals.isEmpty() ? null : originals.json();
        if (after != null && !annotations.fits(OriginalMetrics.ANNOTATION, after)) {
            warnings.add("annotations are full: removing the label will not restore the metrics");
            after = null;
        }
        if (after == null && before != null) {
            annotations.remove(OriginalMetrics.ANNOTATION, patch);
        } else if (after != null && !after.equals(before)) {
            annotations.set(Map.of(OriginalMetrics.ANNOTATION, after), patch);
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
