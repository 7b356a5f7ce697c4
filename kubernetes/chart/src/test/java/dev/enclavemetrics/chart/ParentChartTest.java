package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as a dependency of another chart, whose values contain keys of Helm. */
class ParentChartTest {

    private static final String PARENT =
            """
            apiVersion: v2
            name: platform
            version: 1.0.0
            dependencies:
              - {name: enclave-metrics, version: '*', condition: enclave-metrics.enabled, tags: [metrics]}
            """;

    @TempDir private Path folder;

    @Test
    void isInstalledOnACondition() {
        Rendered rendered =
                Chart.renderWithin(
                        folder,
                        PARENT,
                        "{global: {team: a}, tags: {metrics: true}, enclave-metrics: {enabled:"
                                + " true, image: {registry: registry.example}, webhook: {replicas:"
                                + " 3}}}");

        assertThat(
                        Rendered.text(
                                rendered.get("Deployment enclave-metrics-webhook"),
                                "spec",
                                "replicas"))
                .isEqualTo("3");
        assertThat(rendered.names()).containsAll(Chart.defaults().names());
    }

    @Test
    void isLeftOutWithoutIt() {
        assertThat(
                        Chart.renderWithin(folder, PARENT, "enclave-metrics: {enabled: false}")
                                .objects())
                .isEmpty();
    }

    @Test
    void saysThatOnlyAConditionLeavesItOut() {
        assertThatThrownBy(() -> Chart.render("enabled: false"))
                .hasMessageContaining(
                        "enabled must be true or left out, found false: it is for the condition of"
                                + " a parent chart");
    }
}
