package dev.enclavemetrics.webhook.translate;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.serving.cluster.YamlJson;
import dev.enclavemetrics.serving.cluster.YamlJson.UnsuitedException;
import dev.enclavemetrics.webhook.admission.Annotations;
import dev.enclavemetrics.webhook.hpa.KedaOwner;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Standard;
import dev.enclavemetrics.webhook.hpa.MetricsPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A labelled HPA in a file: edits its text, and provides its content after the edits.
 *
 * <p>One of autoscaling/v1 becomes one of v2, since v1 has no field for other metrics; all else is
 * the same in both. One without metrics gets the translation of Kubernetes' default.
 */
final class YamlHpa {

    private static final String V1 = "autoscaling/v1";
    private static final String V2 = "autoscaling/v2";
    private static final String V1_TARGET = "targetCPUUtilizationPercentage";
    private static final String V1_METRICS = "autoscaling.alpha.kubernetes.io/metrics";

    private final Node hpa;
    private final YamlEditor editor;
    private final ObjectNode result;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    YamlHpa(Node hpa, YamlEditor editor) {
        this.hpa = hpa;
        this.editor = editor;
        result = (ObjectNode) YamlJson.of(hpa);
    }

    /** The HPA as it must be read after the edits. */
    JsonNode result() {
        return result;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> problems() {
        return problems;
    }

    void translate() {
        String owner = KedaOwner.of(result);
        Node spec = YamlTree.value(hpa, "spec");
        if (owner != null) {
            warnings.add(owner);
        } else if (!(spec instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            problems.add("spec must have scaleTargetRef and other fields, found none; write them");
        } else if (result.path("apiVersion").stringValue("").equals(V1)) {
            fromV1(spec);
        } else {
            fromV2(spec);
        }
    }

    private void fromV1(Node spec) {
        JsonNode values = result.path("spec");
        if (Annotations.of(result).get(V1_METRICS) != null || values.has("metrics")) {
            problems.add(
                    "an HPA of "
                            + V1
                            + " must have no metrics but "
                            + V1_TARGET
                            + ", found some in spec.metrics or annotation "
                            + V1_METRICS
                            + "; write apiVersion: "
                            + V2
                            + " with spec.metrics");
            return;
        }
        JsonNode target = values.path(V1_TARGET);
        Standard standard = MetricsPlan.DEFAULT_METRIC;
        if (target.isIntegralNumber() && target.canConvertToInt() && target.intValue() > 0) {
            standard = new Standard(EnclaveMetric.CPU_USAGE, target.intValue());
        } else if (!target.isMissingNode() && !target.isNull()) {
            problems.add(
                    "spec."
                            + V1_TARGET
                            + " must be a whole number from 1, found "
                            + target
                            + "; correct it");
            return;
        }
        setMetrics(spec, YamlTree.member(spec, V1_TARGET), standard);
        editor.scalar(YamlTree.value(hpa, "apiVersion"), V2);
        result.put("apiVersion", V2);
        specResult().remove(V1_TARGET);
    }

    private void fromV2(Node spec) {
        JsonNode metrics = result.path("spec").path("metrics");
        NodeTuple tuple = YamlTree.member(spec, "metrics");
        if (metrics.isMissingNode()
                || metrics.isNull()
                || (metrics.isArray() && metrics.isEmpty())) {
            warnings.add(
                    "no metrics given: the default, "
                            + MetricsPlan.DEFAULT_METRIC
                            + ", is written out and translated");
            setMetrics(spec, tuple, MetricsPlan.DEFAULT_METRIC);
            return;
        }
        if (!metrics.isArray() || metrics.size() > MetricsPlan.MAX_METRICS) {
            problems.add(
                    "spec.metrics must be a list of at most "
                            + MetricsPlan.MAX_METRICS
                            + " entries, found "
                            + (metrics.isArray() ? metrics.size() + " entries" : "no list")
                            + "; correct it");
            return;
        }
        Node list = Objects.requireNonNull(tuple).getValueNode();
        List<JsonNode> entries = List.copyOf(metrics.values());
        MetricsPlan plan = MetricsPlan.of(entries, new BitSet(), result.path("spec"));
        warnings.addAll(plan.warnings());
        problems.addAll(plan.untranslatableErrors());
        problems.addAll(plan.invalidErrors());
        if (!plan.isEmpty()) {
            requireNoAnchors(spec);
            plan.replaced().forEach((i, s) -> replace(YamlTree.items(list).get(i), s));
            editor.remove(list, List.copyOf(plan.removed().keySet()));
            setResult(plan, entries);
        }
    }

    private void requireNoAnchors(Node spec) {
        if (YamlTree.isShared(spec)) {
            throw new UnsuitedException("spec must have no anchor and no alias; write it out");
        }
    }

    private void setMetrics(Node spec, @Nullable NodeTuple old, Standard standard) {
        requireNoAnchors(spec);
        List<JsonNode> entries = List.of(standard.entry());
        warnings.addAll(MetricsPlan.of(entries, new BitSet(), result.path("spec")).warnings());
        YamlEditor.Metrics metrics = editor.new Metrics(standard);
        if (old != null) {
            editor.member(old, spec, metrics);
        } else {
            editor.memberBefore(((MappingNode) spec).getValue().get(0), spec, metrics);
        }
        specResult().putArray("metrics").add(standard.translation());
    }

    private void replace(Node entry, Standard standard) {
        NodeTuple resource = Objects.requireNonNull(YamlTree.member(entry, "resource"));
        Node map = resource.getValueNode();
        NodeTuple name = Objects.requireNonNull(YamlTree.member(map, "name"));
        NodeTuple utilization =
                Objects.requireNonNull(
                        YamlTree.member(YamlTree.value(map, "target"), "averageUtilization"));
        int step = YamlTree.start(map).getColumn() - YamlTree.start(entry).getColumn();
        editor.scalar(YamlTree.value(entry, "type"), "Pods");
        editor.scalar(resource.getKeyNode(), "pods");
        editor.wrap(name, map, Math.max(1, step), "metric", standard.metric().metricName());
        editor.string(utilization, "averageValue", standard.averageValue());
    }

    private void setResult(MetricsPlan plan, List<JsonNode> entries) {
        ArrayNode metrics = specResult().putArray("metrics");
        for (int i = 0; i < entries.size(); i++) {
            Standard standard = plan.replaced().get(i);
            if (standard != null) {
                metrics.add(standard.translation());
            } else if (!plan.removed().containsKey(i)) {
                metrics.add(entries.get(i));
            }
        }
    }

    private ObjectNode specResult() {
        return (ObjectNode) result.path("spec");
    }
}
