package dev.enclavemetrics.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    @Test
    void listsTheSettingsAsTheyAre() throws IOException {
        assertThat(document("configuration.md")).contains(SettingsTable.of(Setting.values()));
    }

    private static String document(String name) throws IOException {
        return Files.readString(Path.of("../../docs", name));
    }
}
