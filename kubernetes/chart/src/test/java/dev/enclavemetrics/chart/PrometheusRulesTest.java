package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrometheusRulesTest {

    private final PrometheusRules rules = new PrometheusRules();

    @Test
    void areListedForOperators() {
        assertThat(Chart.read("../../docs/operations.md"))
                .contains(rules.names().stream().map("| %s |"::formatted).toList());
    }

    @Test
    void areTheCharts() {
        Object rule = Variant.EVERYTHING.render().get("PrometheusRule enclave-metrics");

        assertThat(Rendered.at(rule, "spec")).isEqualTo(rules.root());
        assertThat(Rendered.text(rule, "metadata", "labels", "release")).isEqualTo("prometheus");
        assertThat(Chart.defaults().names()).noneMatch(name -> name.startsWith("PrometheusRule"));
    }

    @Test
    void sayWhatIsWrongWhereAndWhatToDo() {
        assertThat(rules.names()).hasSizeGreaterThan(8).doesNotHaveDuplicates();
        for (Object alert : rules.alerts()) {
            assertThat(Rendered.text(alert, "for")).matches("[0-9]+m");
            assertThat(Rendered.text(alert, "labels", "severity"))
                    .isIn(List.of("critical", "warning", "info"));
            assertThat(Rendered.text(alert, "annotations", "summary"))
                    .contains("{{ $labels.")
                    .endsWith(".");
            assertThat(Rendered.text(alert, "annotations", "description").length())
                    .isBetween(150, 900);
        }
    }
}
