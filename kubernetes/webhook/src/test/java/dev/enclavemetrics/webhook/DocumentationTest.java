package dev.enclavemetrics.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.MetricsTable;
import dev.enclavemetrics.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    @Test
    void listsTheSettingsAsTheyAre() throws IOException {
        assertThat(document("configuration.md")).contains(SettingsTable.of(Setting.values()));
    }

    @Test
    void listsItsOwnMetricsAsTheyAre() throws IOException {
        List<String> rows = MetricsTable.rows("enclave_metrics_webhook_");

        assertThat(rows).hasSizeGreaterThan(4);
        assertThat(document("wire-format.md")).contains(String.join("", rows) + "\n");
    }

    private static String document(String name) throws IOException {
        return Files.readString(Path.of("../../docs", name));
    }
}
