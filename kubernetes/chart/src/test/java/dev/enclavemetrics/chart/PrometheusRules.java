package dev.enclavemetrics.chart;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The alerting rules. */
final class PrometheusRules {

    static final String FILE = "files/prometheus-rules.yaml";

    private static final Pattern METRIC =
            Pattern.compile("\\b(?:up|(?:nitro|enclave_metrics)_[a-z_]+)\\b");

    private final Object root = new Rendered(Chart.read(FILE)).objects().get(0);

    Object root() {
        return root;
    }

    List<Object> alerts() {
        return Rendered.list(root, "groups").stream()
                .flatMap(group -> Rendered.list(group, "rules").stream())
                .toList();
    }

    List<String> names() {
        return alerts().stream().map(alert -> Rendered.text(alert, "alert")).toList();
    }

    /** Returns the names of the metrics in the expressions. */
    Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        for (Object alert : alerts()) {
            METRIC.matcher(Rendered.text(alert, "expr"))
                    .results()
                    .forEach(found -> metrics.add(found.group()));
        }
        return metrics;
    }

    /**
     * Returns the rules without the descriptions, which a test of the alerts would have to repeat.
     */
    Object withoutDescriptions() {
        for (Object alert : alerts()) {
            if (Rendered.at(alert, "annotations") instanceof Map<?, ?> annotations) {
                annotations.remove("description");
            }
        }
        return root;
    }
}
