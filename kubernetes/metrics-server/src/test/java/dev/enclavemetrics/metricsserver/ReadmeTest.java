package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void listsTheSettingsAsTheyAre() throws IOException {
        assertThat(readme()).contains(SettingsTable.of(Setting.values()));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
