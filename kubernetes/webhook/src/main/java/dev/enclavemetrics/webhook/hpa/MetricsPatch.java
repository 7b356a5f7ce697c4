package dev.enclavemetrics.webhook.hpa;

import dev.enclavemetrics.webhook.admission.JsonPatch;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Standard;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes changes of {@code spec.metrics} as a JSON patch. Each operation on an entry first tests
 * the entry's type, so that a patch never hits another entry than it was made for.
 */
final class MetricsPatch {

    private static final String METRICS = "/spec/metrics";

    private final JsonPatch patch = new JsonPatch();

    JsonPatch operations() {
        return patch;
    }

    /** Creates the list, with one entry. */
    void create(JsonNode entry) {
        patch.add(METRICS, JsonNodeFactory.instance.arrayNode().add(entry));
    }

    /** Appends an entry to the list, which must exist. */
    void append(JsonNode entry) {
        patch.add(METRICS + "/-", entry);
    }

    void replace(int index, String type, JsonNode entry) {
        test(index, type).replace(METRICS + "/" + index, entry);
    }

    /** Removes an entry, which shifts the ones after it: remove from the last to the first. */
    void remove(int index, String type) {
        test(index, type).remove(METRICS + "/" + index);
    }

    private JsonPatch test(int index, String type) {
        return patch.test(METRICS + "/" + index + "/type", type);
    }

    /** Gives translations their form back where a client of autoscaling/v1 changed it. */
    void rewrite(List<@Nullable Standard> unedited, List<JsonNode> metrics, MetricsPlan plan) {
        for (int i = 0; i < unedited.size(); i++) {
            Standard original = unedited.get(i);
            if (original != null
                    && !plan.superseded().contains(i)
                    && !metrics.get(i).equals(original.translation())) {
                replace(i, "Pods", original.translation());
            }
        }
    }

    /** First the replacements, which shift nothing, then the removals. */
    void apply(MetricsPlan plan) {
        plan.replaced()
                .forEach((index, standard) -> replace(index, "Resource", standard.translation()));
        Stream.concat(plan.removed().keySet().stream(), plan.superseded().stream())
                .sorted(Comparator.reverseOrder())
                .forEach(i -> remove(i, plan.removed().containsKey(i) ? "Resource" : "Pods"));
    }
}
