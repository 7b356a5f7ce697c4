package dev.enclavemetrics.webhook.hpa;

import dev.enclavemetrics.webhook.admission.Quantity;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The normal form of entries of {@code spec.metrics}: those with the same meaning are equal.
 *
 * <p>For metrics of type Pods, Resource and ContainerResource the HPA controller reads the number
 * of a target, never its type. autoscaling/v1 has no field for the type, so the API server sets
 * {@code AverageValue} when such a client updates an HPA. A quantity can be written in many ways. A
 * selector that selects everything is the same as none.
 */
final class MetricForm {

    private static final String SELECTOR = "selector";

    private MetricForm() {}

    /** Whether a metric's selector is absent or has no requirement. */
    static boolean selectsAll(JsonNode selector) {
        return selector.isMissingNode()
                || selector.isNull()
                || (selector.isContainer()
                        && selector.values().stream().allMatch(MetricForm::selectsAll));
    }

    /** The normal form of an entry. */
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
