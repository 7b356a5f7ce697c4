package dev.enclavemetrics.webhook.hpa;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.webhook.admission.Json;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Enclave;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Standard;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The standard metrics of an HPA before its translation, kept in an annotation as {@code
 * {"replaced":[…],"removed":[…]}}.
 *
 * <p>A user's edit is never lost: an original is kept, and restored, only while its translation is
 * in the HPA unedited, {@linkplain MetricForm in whatever form} and at whatever index. Once the
 * user edits or removes the translation, the original is forgotten.
 *
 * @param replaced those that have been replaced by their translation
 * @param removed those that were removed, since the user had written the enclave metric too
 */
record OriginalMetrics(List<Standard> replaced, List<Standard> removed) {

    static final OriginalMetrics NONE = new OriginalMetrics(List.of(), List.of());

    OriginalMetrics {
        replaced = List.copyOf(replaced);
        removed = List.copyOf(removed);
    }

    /** Reads the annotation's value; null if it cannot be read. */
    static @Nullable OriginalMetrics parse(String value) {
        try {
            JsonNode node = Json.MAPPER.readTree(value);
            List<Standard> replaced = standards(node.path("replaced"));
            List<Standard> removed = standards(node.path("removed"));
            return !node.isObject() || replaced == null || removed == null
                    ? null
                    : new OriginalMetrics(replaced, removed);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable List<Standard> standards(JsonNode entries) {
        List<Standard> standards = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (!(MetricEntry.read(entry) instanceof Standard standard)
                    || standards.size() == MetricsPlan.MAX_METRICS) {
                return null;
            }
            standards.add(standard);
        }
        return entries.isArray() || entries.isMissingNode() ? standards : null;
    }

    /** The annotation's value. */
    String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "replaced", replaced);
        put(node, "removed", removed);
        return node.toString();
    }

    private static void put(ObjectNode node, String name, List<Standard> standards) {
        if (!standards.isEmpty()) {
            ArrayNode entries = node.putArray(name);
            standards.forEach(standard -> entries.add(standard.entry()));
        }
    }

    /**
     * Finds the unedited translations.
     *
     * @return for each entry the original that it is the translation of, or null
     */
    List<@Nullable Standard> unedited(List<JsonNode> metrics) {
        Map<JsonNode, Standard> byForm = new HashMap<>();
        replaced.forEach(o -> byForm.put(MetricForm.normal(o.translation()), o));
        List<Standard> sought = new ArrayList<>(replaced);
        List<@Nullable Standard> found = new ArrayList<>();
        for (JsonNode entry : metrics) {
            Standard original = byForm.get(MetricForm.normal(entry));
            // Each original has one translation.
            found.add(original != null && sought.remove(original) ? original : null);
        }
        return found;
    }

    /** The indices with an original, in what {@link #unedited} returns. */
    static BitSet present(List<@Nullable Standard> unedited) {
        BitSet present = new BitSet();
        for (int i = 0; i < unedited.size(); i++) {
            present.set(i, unedited.get(i) != null);
        }
        return present;
    }

    /** The removed ones, unless there is a newer target or the enclave metric is gone. */
    List<Standard> stillRemoved(List<JsonNode> metrics) {
        List<MetricEntry> entries = metrics.stream().map(MetricEntry::read).toList();
        Set<EnclaveMetric> renewed = MetricEntry.standardMetrics(metrics);
        return removed.stream()
                .filter(o -> entries.contains(new Enclave(o.metric())))
                .filter(o -> !renewed.contains(o.metric()))
                .toList();
    }

    /** What to keep once the plan has been applied. */
    OriginalMetrics after(MetricsPlan plan, List<JsonNode> metrics) {
        List<@Nullable Standard> unedited = unedited(metrics);
        List<Standard> kept = new ArrayList<>();
        for (int i = 0; i < unedited.size(); i++) {
            Standard earlier = unedited.get(i);
            Standard now = plan.replaced().get(i);
            if (now != null) {
                kept.add(now);
            } else if (earlier != null && !plan.superseded().contains(i)) {
                kept.add(earlier);
            }
        }
        return new OriginalMetrics(
                kept,
                Stream.concat(plan.removed().values().stream(), stillRemoved(metrics).stream())
                        .toList());
    }

    boolean isEmpty() {
        return replaced.isEmpty() && removed.isEmpty();
    }

    @Override
    public String toString() {
        return json();
    }
}
