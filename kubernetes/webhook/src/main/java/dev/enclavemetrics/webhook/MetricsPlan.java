package dev.enclavemetrics.webhook;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.webhook.MetricEntry.Enclave;
import dev.enclavemetrics.webhook.MetricEntry.Invalid;
import dev.enclavemetrics.webhook.MetricEntry.Standard;
import dev.enclavemetrics.webhook.MetricEntry.Untranslatable;
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
 * What is to be done with an HPA's metrics.
 *
 * <p>A standard metric is replaced in place. Where the user has written the enclave metric too,
 * that one stands and the standard metric goes: both would be the same number, and the greater
 * demand would win. An enclave metric that we made of an earlier target goes where a newer target
 * has come (a client of autoscaling/v1 sets its target so).
 *
 * @param replaced the entries to replace, by index
 * @param removed the entries to remove, since the enclave metric is there already, by index
 * @param superseded indices of our own entries that newer targets replace
 * @param untranslatable the entries that are left alone, by index
 * @param invalid those that the API server refuses, by index
 * @param warnings what is translated, but hardly meant so
 */
record MetricsPlan(
        SortedMap<Integer, Standard> replaced,
        SortedMap<Integer, Standard> removed,
        List<Integer> superseded,
        SortedMap<Integer, Untranslatable> untranslatable,
        SortedMap<Integer, Invalid> invalid,
        List<String> warnings) {

    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);
    private static final BigDecimal DEFAULT_TOLERANCE = new BigDecimal("0.1");

    /**
     * Plans.
     *
     * @param metrics the entries
     * @param ours which of them we made of an earlier target
     * @param spec the HPA's spec, for its tolerance
     */
    static MetricsPlan of(List<JsonNode> metrics, BitSet ours, JsonNode spec) {
        List<MetricEntry> entries = metrics.stream().map(MetricEntry::read).toList();
        Set<EnclaveMetric> byUser = EnumSet.noneOf(EnclaveMetric.class);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Enclave enclave && !ours.get(i)) {
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
                    warnings.add(field + standard + there(standard));
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
                ours.stream()
                        .filter(
                                i ->
                                        entries.get(i) instanceof Enclave e
                                                && renewed.contains(e.metric()))
                        .boxed()
                        .toList();
        return new MetricsPlan(replaced, removed, superseded, left, wrong, warnings);
    }

    private static String there(Standard standard) {
        return " left out: " + standard.metric().metricName() + " is there already";
    }

    private static String neverScalesUp(int highest) {
        return " never scales up: usage ends at 100%; "
                + (highest > 0 ? "write at most " + highest : "lower the tolerance");
    }

    /**
     * The highest percentage that can be scaled up by. The HPA does so where usage / target is
     * greater than 1 + tolerance, and usage ends at 1; the utilization of a request may well be 300
     * %.
     */
    private static int highestTarget(JsonNode spec) {
        BigDecimal set = Quantity.parse(spec.path("behavior").path("scaleUp").path("tolerance"));
        BigDecimal tolerance = set == null || set.signum() < 0 ? DEFAULT_TOLERANCE : set;
        return PERCENT.divide(BigDecimal.ONE.add(tolerance), 0, RoundingMode.CEILING).intValue()
                - 1;
    }

    /** What cannot be translated, each with its way out. */
    List<String> problems() {
        return inWords(untranslatable, Untranslatable::why);
    }

    /** What the API server refuses, for those that it does not see. */
    List<String> mistakes() {
        return inWords(invalid, Invalid::why);
    }

    private static <T> List<String> inWords(SortedMap<Integer, T> found, Function<T, String> why) {
        return found.entrySet().stream()
                .map(e -> "spec.metrics[" + e.getKey() + "] " + why.apply(e.getValue()))
                .toList();
    }

    /** The same as warnings. */
    List<String> briefProblems() {
        return untranslatable.entrySet().stream()
                .map(e -> "metrics[" + e.getKey() + "] " + e.getValue().brief())
                .toList();
    }

    boolean isEmpty() {
        return replaced.isEmpty() && removed.isEmpty() && superseded.isEmpty();
    }
}
