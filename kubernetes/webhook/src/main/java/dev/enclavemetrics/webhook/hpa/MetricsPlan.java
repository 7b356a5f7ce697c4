package dev.enclavemetrics.webhook.hpa;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.webhook.admission.Quantity;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Enclave;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Invalid;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Standard;
import dev.enclavemetrics.webhook.hpa.MetricEntry.Untranslatable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What to do with each entry of an HPA's metrics.
 *
 * <p>A standard metric is replaced in place. If the user has written the enclave metric too, the
 * standard metric is removed: with both, the HPA would scale by the larger one. An earlier
 * translation is removed if there is a newer target (a client of autoscaling/v1 sets one).
 *
 * @param replaced the entries to replace by their translation, by index
 * @param removed the entries to remove, since the user has written the enclave metric, by index
 * @param superseded indices of earlier translations to remove, since there is a newer target
 * @param untranslatable the entries that stay as they are, by index
 * @param invalid the entries that the API server refuses, by index
 * @param warnings about targets that are translated but probably unintended
 */
public record MetricsPlan(
        SortedMap<Integer, Standard> replaced,
        SortedMap<Integer, Standard> removed,
        List<Integer> superseded,
        SortedMap<Integer, Untranslatable> untranslatable,
        SortedMap<Integer, Invalid> invalid,
        List<String> warnings) {

    public static final int MAX_METRICS = 100;

    /** What Kubernetes scales by if no metrics are given (autoscaling/v2, SetDefaults). */
    public static final Standard DEFAULT_METRIC = new Standard(EnclaveMetric.CPU_USAGE, 80);

    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);
    private static final BigDecimal DEFAULT_TOLERANCE = new BigDecimal("0.1");

    /**
     * Makes the plan.
     *
     * @param metrics the entries
     * @param translated the indices of earlier translations, unedited
     * @param spec the HPA's spec, for its tolerance
     */
    public static MetricsPlan of(List<JsonNode> metrics, BitSet translated, JsonNode spec) {
        List<MetricEntry> entries = metrics.stream().map(MetricEntry::read).toList();
        Set<EnclaveMetric> byUser = EnumSet.noneOf(EnclaveMetric.class);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Enclave enclave && !translated.get(i)) {
                byUser.add(enclave.metric());
            }
        }
        int highest = highestTarget(spec);
        SortedMap<Integer, Standard> replaced = new TreeMap<>();
        SortedMap<Integer, Standard> removed = new TreeMap<>();
        Set<EnclaveMetric> renewed = EnumSet.noneOf(EnclaveMetric.class);
        SortedMap<Integer, Untranslatable> left = new TreeMap<>();
        SortedMap<Integer, Invalid> wrong = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String field = "metrics[" + i + "] ";
            if (entries.get(i) instanceof Untranslatable untranslatable) {
                left.put(i, untranslatable);
            } else if (entries.get(i) instanceof Invalid invalid) {
                wrong.put(i, invalid);
            } else if (entries.get(i) instanceof Standard standard) {
                if (byUser.contains(standard.metric())) {
                    removed.put(i, standard);
                    warnings.add(field + standard + isThere(standard));
                } else {
                    replaced.put(i, standard);
                    renewed.add(standard.metric());
                    if (standard.percent() > highest) {
                        warnings.add(field + standard + neverScalesUp(highest));
                    }
                }
            }
        }
        List<Integer> superseded =
                translated.stream()
                        .filter(
                                i ->
                                        entries.get(i) instanceof Enclave e
                                                && renewed.contains(e.metric()))
                        .boxed()
                        .toList();
        return new MetricsPlan(replaced, removed, superseded, left, wrong, warnings);
    }

    private static String isThere(Standard standard) {
        return " left out: " + standard.metric().metricName() + " is there already";
    }

    private static String neverScalesUp(int highest) {
        return " never scales up: usage is at most 100%; "
                + (highest > 0 ? "write at most " + highest : "lower the tolerance");
    }

    /**
     * The highest target that an HPA can scale up at: it does if usage / target is greater than 1 +
     * tolerance, and the usage of an enclave is at most 1. (Utilization of a request may be 300 %.)
     */
    private static int highestTarget(JsonNode spec) {
        BigDecimal set = Quantity.parse(spec.path("behavior").path("scaleUp").path("tolerance"));
        BigDecimal tolerance = set == null || set.signum() < 0 ? DEFAULT_TOLERANCE : set;
        return PERCENT.divide(BigDecimal.ONE.add(tolerance), 0, RoundingMode.CEILING).intValue()
                - 1;
    }

    /** Errors about the untranslatable entries. */
    public List<String> untranslatableErrors() {
        return errors(untranslatable, Untranslatable::error);
    }

    /** Errors about the invalid entries, for files that no API server has seen. */
    public List<String> invalidErrors() {
        return errors(invalid, Invalid::error);
    }

    private static <T> List<String> errors(SortedMap<Integer, T> entries, Function<T, String> of) {
        return entries.entrySet().stream()
                .map(e -> "spec.metrics[" + e.getKey() + "] " + of.apply(e.getValue()))
                .toList();
    }

    /** Warnings about the untranslatable entries. */
    List<String> untranslatableWarnings() {
        return untranslatable.entrySet().stream()
                .map(e -> "metrics[" + e.getKey() + "] " + e.getValue().warning())
                .toList();
    }

    /** Whether nothing is to be changed. */
    public boolean isEmpty() {
        return replaced.isEmpty() && removed.isEmpty() && superseded.isEmpty();
    }
}
