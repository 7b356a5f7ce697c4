package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void listsTheValuesAsTheyAre() {
        String table =
                ValuesFile.values().stream()
                        .map(
                                value ->
                                        "| `%s` | `%s` | %s |\n"
                                                .formatted(
                                                        value.path(),
                                                        value.defaultText(),
                                                        value.meaning()))
                        .collect(
                                Collectors.joining(
                                        "",
                                        "| Value | Default | Meaning |\n|---|---|---|\n",
                                        "\n"));

        assertThat(Chart.read("README.md")).contains(table);
    }

    @Test
    void saysOfEveryValueWhatItMeans() {
        assertThat(ValuesFile.values())
                .hasSizeGreaterThan(50)
                .allSatisfy(value -> assertThat(value.meaning()).as(value.path()).endsWith("."));
    }
}
