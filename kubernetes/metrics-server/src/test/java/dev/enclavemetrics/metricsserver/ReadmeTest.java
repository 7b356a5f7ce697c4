package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void listsTheSettingsAsTheyAre() throws IOException {
        String table =
                Arrays.stream(Setting.values())
                        .map(
                                setting ->
                                        "| `%s=%s` | %s | %s |\n"
                                                .formatted(
                                                        setting.flag(),
                                                        setting.label(),
                                                        setting.defaultText(),
                                                        setting.description()))
                        .collect(
                                Collectors.joining(
                                        "",
                                        "| Setting | Default | Meaning |\n|---|---|---|\n",
                                        "\n"));

        assertThat(readme()).contains(table);
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
