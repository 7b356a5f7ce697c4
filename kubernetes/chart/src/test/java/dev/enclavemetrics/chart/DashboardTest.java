package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks properties of the dashboard that Grafana does not check. */
class DashboardTest {

    private static final String SOURCE = "{type=prometheus, uid=${datasource}}";

    private final Dashboard dashboard = new Dashboard();

    @Test
    void isTheCharts() {
        Rendered chart = Variant.EVERYTHING.render();
        Object map = chart.get("ConfigMap enclave-metrics-dashboard");

        assertThat(Rendered.text(map, "data", "nitro-enclaves.json"))
                .isEqualTo(Chart.read(Dashboard.FILE));
        assertThat(Rendered.text(map, "metadata", "labels", "grafana_dashboard")).isEqualTo("1");
        assertThat(Chart.defaults().names()).noneMatch(name -> name.endsWith("-dashboard"));
    }

    /**
     * The dashboard must have no id, which Grafana assigns, but a uid, so that links stay valid and
     * an import replaces it.
     */
    @Test
    void canBeImportedAnywhereAndAgain() {
        assertThat(Rendered.text(dashboard.root(), "uid")).isEqualTo("nitro-enclaves");
        assertThat(Rendered.at(dashboard.root(), "id")).isNull();
        assertThat(dashboard.variables())
                .map(variable -> Rendered.text(variable, "name"))
                .containsExactly("datasource", "namespace", "workload", "pod");
        assertThat(dashboard.variables().get(0))
                .asString()
                .contains("type=datasource", "query=prometheus");
    }

    @Test
    void asksTheDataSourceThatIsChosen() {
        for (Object panel : dashboard.panels()) {
            for (Object target : Dashboard.targets(panel)) {
                assertThat(Rendered.text(target, "datasource")).isEqualTo(SOURCE);
                assertThat(Rendered.text(panel, "datasource")).isEqualTo(SOURCE);
            }
        }
        assertThat(dashboard.variables().subList(1, 4))
                .map(variable -> Rendered.text(variable, "datasource"))
                .containsOnly(SOURCE);
    }

    @Test
    void namesEachPanelAndQueryOnce() {
        List<Object> panels = dashboard.panels();

        assertThat(panels).map(panel -> Rendered.at(panel, "id")).doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel -> Rendered.text(panel, "type").equals("timeseries"))
                .map(panel -> Rendered.text(panel, "title"))
                .doesNotHaveDuplicates();
        for (Object panel : panels) {
            assertThat(Dashboard.targets(panel))
                    .map(target -> Rendered.text(target, "refId"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void putsNoPanelOverAnother() {
        List<Object> panels = dashboard.panels();
        for (int i = 0; i < panels.size(); i++) {
            Object panel = panels.get(i);
            assertThat(Dashboard.place(panel, "x") + Dashboard.place(panel, "w")).isBetween(1, 24);
            for (Object other : panels.subList(0, i)) {
                assertThat(Dashboard.overlap(panel, other))
                        .as("%s over %s", panel, other)
                        .isFalse();
            }
        }
    }

    @Test
    void saysOfEachPanelWhatItShowsAndInWhichUnit() {
        List<Object> panels =
                dashboard.panels().stream().filter(p -> !Dashboard.targets(p).isEmpty()).toList();

        assertThat(panels).hasSizeGreaterThan(25);
        for (Object panel : panels) {
            assertThat(Rendered.text(panel, "description")).endsWith(".");
            assertThat(panel.toString())
                    .containsPattern("(unit=|id=unit, value=|type=state-timeline)");
        }
    }
}
