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

/** Reads from an object of the API server which pods it selects. */
final class ObjectSelector {

    private ObjectSelector() {}

    /**
     * @throws RefusedException if it selects none, or in a way that is not known
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
        if (requirements.isEmpty()) { // a Service without a selector has no pods of its own
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
        String word = expression.path("operator").asString("");
        Operator operator = operator(word);
        if (operator == null) {
            throw new IllegalArgumentException("operator " + word);
        }
        Set<String> values = new LinkedHashSet<>();
        expression.path("values").forEach(value -> values.add(value.asString("")));
        return new LabelRequirement(expression.path("key").asString(""), operator, values);
    }

    private static @Nullable Operator operator(String word) {
        return switch (word) {
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
