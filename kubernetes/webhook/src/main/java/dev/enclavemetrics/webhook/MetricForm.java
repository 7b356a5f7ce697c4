package dev.enclavemetrics.webhook;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form in which entries of {@code spec.metrics} that mean the same are equal.
 *
 * <p>For metrics of type Pods, Resource and ContainerResource the HPA controller reads the number
 * of a target, never its type; autoscaling/v1 has no place for the type, so the API server sets
 * {@code AverageValue} when such a client updates an HPA. A quantity has many forms. A selector
 * that selects everything is the same as none.
 */
final class MetricForm {

    private static final String SELECTOR = "selector";

    private MetricForm() {}

    /** Whether a metric's selector is absent or without any condition. */
    static boolean selectsAll(JsonNode selector) {
        return selector.isMissingNode()
                || selector.isNull()
                || (selector.isContainer()
                        && selector.values().stream().allMatch(MetricForm::selectsAll));
    }

    /** An entry in a form that all entries with its meaning share. */
    static JsonNode normal(JsonNode entry) {
        JsonNode normal = entry.deepCopy();
        for (JsonNode source : normal) {
            if (source.path("metric") instanceof ObjectNode metric
                    && selectsAll(metric.path(SELECTOR))) {
                metric.remove(SELECTOR);
            }
            if (source.path("target") instanceof ObjectNode target) {
                target.remove("type");
                BigDecimal number = Quantity.parse(target.path("averageValue"));
                if (number != null) {
                    target.put("averageValue", number.stripTrailingZeros().toString());
                }
            }
        }
        return normal;
    }
}
