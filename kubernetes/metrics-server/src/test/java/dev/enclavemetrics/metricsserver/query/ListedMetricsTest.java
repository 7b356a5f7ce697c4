package dev.enclavemetrics.metricsserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListedMetricsTest {

    private static Map<String, Integer> names(String prefix, int count, int pods) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> prefix + i, i -> pods, Integer::sum, TreeMap::new));
    }

    @Test
    void listsEachNameOnceSorted() {
        assertThat(ListedMetrics.of(Map.of())).isEmpty();
        assertThat(
                        ListedMetrics.of(
                                Map.of(
                                        "bank", Map.of("rate", 3, "depth", 1),
                                        "shop", Map.of("depth", 9))))
                .containsExactly("depth", "rate");
    }

    @Test
    void aNamespaceThatMakesUpNamesPushesOutNoneOfAnother() {
        Map<String, Map<String, Integer>> pods = new TreeMap<>();
        pods.put("attacker", names("a", 16_000, 500));
        pods.put("bank", names("z_bank", 16, 1));
        pods.put("shop", names("z_shop", 16, 1));

        assertThat(ListedMetrics.of(pods))
                .hasSize(ListedMetrics.MAX)
                .containsAll(pods.get("bank").keySet())
                .containsAll(pods.get("shop").keySet());
    }

    @Test
    void aNamespaceWithTooManyNamesShowsThoseOfMostPods() {
        Map<String, Integer> names = names("a", 1_000, 1);
        names.put("z", 2);

        assertThat(ListedMetrics.of(Map.of("shop", names)))
                .hasSize(ListedMetrics.MAX)
                .contains("z");
    }

    @Test
    void boundsManyNamespaces() {
        Map<String, Map<String, Integer>> pods = new TreeMap<>();
        IntStream.range(0, 5_000).forEach(i -> pods.put("ns" + i, names("n" + i + "_", 16, 1)));

        assertThat(ListedMetrics.of(pods)).hasSize(ListedMetrics.MAX);
    }
}
