package dev.enclavemetrics.metricsserver.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Selects the application metrics that discovery lists: those that pods have now, or, if there are
 * too many, a fair part of them. The namespaces take turns; each adds the metric that most of its
 * pods have. So a launcher that invents names displaces only metrics of its own namespace. A metric
 * that is not listed can still be queried.
 */
final class ListedMetrics {

    static final int MAX = 256;

    private ListedMetrics() {}

    /**
     * The names, sorted.
     *
     * @param pods how many pods of each namespace have each metric
     */
    static SortedSet<String> of(Map<String, Map<String, Integer>> pods) {
        List<List<String>> namespaces = new ArrayList<>();
        pods.values().forEach(counts -> namespaces.add(byPods(counts)));
        SortedSet<String> listed = new TreeSet<>();
        for (int turn = 0; !namespaces.isEmpty(); turn++) {
            int index = turn;
            namespaces.removeIf(names -> names.size() <= index);
            for (List<String> names : namespaces) {
                if (listed.size() == MAX) {
                    return listed;
                }
                listed.add(names.get(index));
            }
        }
        return listed;
    }

    private static List<String> byPods(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX)
                .map(Map.Entry::getKey)
                .toList();
    }
}
