package dev.enclavemetrics.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    @Test
    void listsTheSettingsAsTheyAre() throws IOException {
        String table =
                Arrays.stream(Setting.values())
                        .map(
                                setting ->
                                        "| `%s` | `%s` | %s |"
                                                .formatted(
                                                        setting.key(),
                                                        setting.standard(),
                                                        setting.meaning()))
                        .collect(
                                Collectors.joining(
                                        "\n",
                                        "| Setting | Default | Meaning |\n|---|---|---|\n",
                                        "\n\n"));

        assertThat(Files.readString(Path.of("../docs/configuration.md"))).contains(table);
    }
}
