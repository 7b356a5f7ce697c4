package dev.enclavemetrics.webhook.hpa;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.webhook.admission.Quantity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One entry of an HPA's {@code spec.metrics}, classified by what the webhook does with it. */
public sealed interface MetricEntry {

    /** The types that Kubernetes accepts (autoscaling/validation, validateMetricTarget). */
    Set<String> TARGET_TYPES = Set.of("Utilization", "Value", "AverageValue");

    /** Any other entry, such as an External metric. */
    record Other() implements MetricEntry {}

    /** An enclave metric, written by the user or translated. */
    record Enclave(EnclaveMetric metric) implements MetricEntry {}

    /**
     * A standard metric that has a translation.
     *
     * @param percent the target: average utilization, 1 or more
     */
    record Standard(EnclaveMetric metric, int percent) implements MetricEntry {

        public String averageValue() {
            return Quantity.ofPercent(percent);
        }

        /**
         * Its translation. {@code Utilization} with an {@code averageValue} is the form of the
         * reference document; Kubernetes reads the value, not the type.
         */
        public ObjectNode translation() {
            ObjectNode entry = JsonNodeFactory.instance.objectNode().put("type", "Pods");
            ObjectNode pods = entry.putObject("pods");
            pods.putObject("metric").put("name", metric.metricName());
            pods.putObject("target").put("type", "Utilization").put("averageValue", averageValue());
            return entry;
        }

        /** The entry as the user wrote it. */
        public ObjectNode entry() {
            ObjectNode entry = JsonNodeFactory.instance.objectNode().put("type", "Resource");
            ObjectNode resource = entry.putObject("resource").put("name", metric.resource());
            resource.putObject("target")
                    .put("type", "Utilization")
                    .put("averageUtilization", percent);
            return entry;
        }

        @Override
        public String toString() {
            return metric.resource() + " " + percent + "%";
        }
    }

    /**
     * A standard metric that has no translation.
     *
     * @param warning what to write instead, short enough for a warning
     * @param error what must hold, what was found, and what to write instead
     */
    record Untranslatable(String warning, String error) implements MetricEntry {}

    /**
     * A standard metric that the API server refuses anyway.
     *
     * @param error what must hold, what was found, and what to write instead
     */
    record Invalid(String error) implements MetricEntry {}

    /** The entries of a spec, none if {@code metrics} is not a list. */
    static List<JsonNode> list(JsonNode spec) {
        JsonNode metrics = spec.path("metrics");
        return metrics.isArray() ? List.copyOf(metrics.values()) : List.of();
    }

    /** The metrics that have a translatable standard metric among the entries. */
    static Set<EnclaveMetric> standardMetrics(List<JsonNode> metrics) {
        Set<EnclaveMetric> found = EnumSet.noneOf(EnclaveMetric.class);
        for (JsonNode entry : metrics) {
            if (read(entry) instanceof Standard standard) {
                found.add(standard.metric());
            }
        }
        return found;
    }

    static MetricEntry read(JsonNode entry) {
        return switch (entry.path("type").stringValue("")) {
            case "Resource" -> resource(entry.path("resource"));
            case "ContainerResource" -> containerResource(entry.path("containerResource"));
            case "Pods" -> pods(entry.path("pods").path("metric"));
            default -> new Other();
        };
    }

    private static MetricEntry resource(JsonNode resource) {
        String name = resource.path("name").stringValue("");
        EnclaveMetric metric = EnclaveMetric.ofResource(name);
        if (metric == null) {
            return new Other();
        }
        JsonNode target = resource.path("target");
        if (!target.isObject()) {
            return new Invalid(
                    name
                            + " must have a target as in autoscaling/v2, found none; write"
                            + " apiVersion: autoscaling/v2 and "
                            + wanted());
        }
        JsonNode utilization = target.path("averageUtilization");
        String type = target.path("type").stringValue("");
        boolean hasValue = target.has("averageValue");
        if (!TARGET_TYPES.contains(type)
                || target.has("averageUtilization") == hasValue
                || (!hasValue && !isPercentage(utilization))) {
            return new Invalid(
                    name
                            + " must have a type, and averageUtilization from 1; found "
                            + found(target)
                            + "; write "
                            + wanted());
        }
        if (!hasValue && type.equals("Utilization") && target.size() == 2) {
            return new Standard(metric, utilization.intValue());
        }
        return new Untranslatable(
                name + " left alone; write target averageUtilization instead",
                name
                        + " must have target averageUtilization, found "
                        + found(target)
                        + "; write "
                        + wanted());
    }

    private static boolean isPercentage(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() > 0;
    }

    private static String wanted() {
        return "target: {type: Utilization, averageUtilization: N}, N being percent of the enclave";
    }

    private static String found(JsonNode target) {
        return Log.shortened(target.toString().replace("\"", ""), 80);
    }

    private static MetricEntry containerResource(JsonNode resource) {
        EnclaveMetric metric = EnclaveMetric.ofResource(resource.path("name").stringValue(""));
        if (metric == null) {
            return new Other();
        }
        return new Untranslatable(
                metric.resource() + " left alone; write type Resource instead",
                metric.resource()
                        + " must be of type Resource, since an enclave is measured as a whole;"
                        + " found ContainerResource of container "
                        + resource.path("container").stringValue("")
                        + "; write type: Resource with "
                        + wanted());
    }

    private static MetricEntry pods(JsonNode identifier) {
        @Nullable EnclaveMetric metric =
                EnclaveMetric.ofMetricName(identifier.path("name").stringValue(""));
        boolean selected = !MetricForm.selectsAll(identifier.path("selector"));
        return metric == null || selected ? new Other() : new Enclave(metric);
    }
}
