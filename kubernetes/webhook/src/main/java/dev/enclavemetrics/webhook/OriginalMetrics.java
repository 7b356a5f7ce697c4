package dev.enclavemetrics.webhook;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.webhook.MetricEntry.Enclave;
import dev.enclavemetrics.webhook.MetricEntry.Standard;
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
 * The standard metrics that a translation took away, kept in an annotation as {@code
 * {"replaced":[…],"removed":[…]}}.
 *
 * <p>The rule that loses no edit of a user: an original is worth keeping, and is restored, only
 * while what we made of it still stands in the HPA, {@linkplain MetricForm however it is written}.
 * The index does not matter, nor what stands beside it. Whoever edits or removes the translated
 * entry has thereby decided; the original is forgotten.
 *
 * @param replaced those whose translation stands in their place
 * @param removed those that went since the user had the enclave metric already
 */
record OriginalMetrics(List<Standard> replaced, List<Standard> removed) {

    static final String ANNOTATION = "enclave-metrics.dev/original-metrics";
    static final OriginalMetrics NONE = new OriginalMetrics(List.of(), List.of());

    OriginalMetrics {
        replaced = List.copyOf(replaced);
        removed = List.copyOf(removed);
    }

    /** Reads an annotation's value; null if it is none of ours. */
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
                    || standards.size() == HpaAdmission.MAX_METRICS) {
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
     * Finds each translation that still stands.
     *
     * @return for each entry the original that it was made of, or null
     */
    List<@Nullable Standard> standing(List<JsonNode> metrics) {
        Map<JsonNode, Standard> byForm = new HashMap<>();
        replaced.forEach(o -> byForm.put(MetricForm.normal(o.translation()), o));
        List<Standard> sought = new ArrayList<>(replaced);
        List<@Nullable Standard> found = new ArrayList<>();
        for (JsonNode entry : metrics) {
            Standard original = byForm.get(MetricForm.normal(entry));
            // Each is good for one entry.
            found.add(original != null && sought.remove(original) ? original : null);
        }
        return found;
    }

    /** Which entries {@link #standing} tells of. */
    static BitSet ours(List<@Nullable Standard> standing) {
        BitSet ours = new BitSet();
        for (int i = 0; i < standing.size(); i++) {
            ours.set(i, standing.get(i) != null);
        }
        return ours;
    }

    /** Those removed that no newer target has come for, and whose reason, the user's, stands. */
    List<Standard> stillRemoved(List<JsonNode> metrics) {
        List<MetricEntry> entries = metrics.stream().map(MetricEntry::read).toList();
        Set<EnclaveMetric> renewed = MetricEntry.standardMetrics(metrics);
        return removed.stream()
                .filter(o -> entries.contains(new Enclave(o.metric())))
                .filter(o -> !renewed.contains(o.metric()))
                .toList();
    }

    /** What is to be kept after a plan has been carried out. */
    OriginalMetrics after(MetricsPlan plan, List<JsonNode> metrics) {
        List<@Nullable Standard> standing = standing(metrics);
        List<Standard> kept = new ArrayList<>();
        for (int i = 0; i < standing.size(); i++) {
            Standard earlier = standing.get(i);
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
