package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.metricsserver.selector.LabelRequirement;
import dev.enclavemetrics.metricsserver.selector.LabelRequirement.Operator;
import dev.enclavemetrics.metricsserver.selector.LabelSelector;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the pod selector of an object. */
final class ObjectSelector {

    private ObjectSelector() {}

    /**
     * @throws RefusedException if it has no selector, or one with an unknown operator
     */
    static LabelSelector of(DescribedKind kind, JsonNode object) {
        JsonNode selector = object.path("spec").path("selector");
        List<LabelRequirement> requirements = new ArrayList<>();
        try {
            if (kind == DescribedKind.SERVICE) {
                labels(selector, requirements);
            } else {
                labels(selector.path("matchLabels"), requirements);
                selector.path("matchExpressions")
                        .forEach(expression -> requirements.add(requirement(expression)));
            }
        } catch (IllegalArgumentException e) {
            throw refused(kind, String.valueOf(e.getMessage()));
        }
        if (requirements.isEmpty()) { // a Service without a selector selects no pods
            throw refused(kind, "no selector");
        }
        return new LabelSelector(requirements);
    }

    private static void labels(JsonNode labels, List<LabelRequirement> requirements) {
        labels.forEachEntry(
                (key, value) ->
                        requirements.add(
                                new LabelRequirement(
                                        key, Operator.IN, Set.of(value.asString("")))));
    }

    private static LabelRequirement requirement(JsonNode expression) {
        String name = expression.path("operator").asString("");
        Operator operator = operator(name);
        if (operator == null) {
            throw new IllegalArgumentException("operator " + name);
        }
        Set<String> values = new LinkedHashSet<>();
        expression.path("values").forEach(value -> values.add(value.asString("")));
        return new LabelRequirement(expression.path("key").asString(""), operator, values);
    }

    private static @Nullable Operator operator(String name) {
        return switch (name) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.NOT_EXISTS;
            default -> null;
        };
    }

    private static RefusedException refused(DescribedKind kind, String found) {
        return new RefusedException(
                StatusReason.NOT_FOUND,
                "the " + kind.kind() + " must select pods by their labels, found: " + found);
    }
}
