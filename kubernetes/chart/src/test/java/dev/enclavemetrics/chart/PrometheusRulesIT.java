package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** Tests the alerts with promtool. */
class PrometheusRulesIT {

    private static final String TESTS = "src/test/resources/prometheus-rules-test.yaml";

    @TempDir private Path folder;
    private final PrometheusRules rules = new PrometheusRules();

    @BeforeEach
    void findTheTool() {
        assumeThat(Prometheus.isInstalled())
                .as("prometheus and promtool must be installed for this test")
                .isTrue();
    }

    @Test
    void passItsCheck() throws Exception {
        String file = Chart.FOLDER.resolve(PrometheusRules.FILE).toString();

        assertThat(promtool("check", "rules", file))
                .contains("SUCCESS: " + rules.alerts().size() + " rules found");
    }

    @Test
    void fireWhenTheyShouldAndNotOtherwise() throws Exception {
        Path tests = folder.resolve("tests.yaml");
        Files.writeString(tests, Chart.read(TESTS));
        Files.writeString(
                folder.resolve("prometheus-rules.yaml"),
                new Dump(DumpSettings.builder().build()).dumpToString(rules.withoutDescriptions()));

        assertThat(promtool("test", "rules", tests.toString())).contains("SUCCESS");
    }

    @Test
    void areEachSeenFiringAndSilent() {
        List<Object> tests =
                Rendered.list(new Rendered(Chart.read(TESTS)).objects().get(0), "tests").stream()
                        .flatMap(test -> Rendered.list(test, "alert_rule_test").stream())
                        .toList();

        for (boolean firing : new boolean[] {true, false}) {
            assertThat(
                            tests.stream()
                                    .filter(t -> Rendered.list(t, "exp_alerts").isEmpty() != firing)
                                    .map(test -> Rendered.text(test, "alertname"))
                                    .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrderElementsOf(rules.names());
        }
    }

    private static String promtool(String... arguments) throws Exception {
        Process promtool =
                new ProcessBuilder(
                                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
                        .redirectErrorStream(true)
                        .start();
        promtool.getOutputStream().close();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
        return said;
    }
}
