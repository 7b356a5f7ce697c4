package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.nitro.EnclaveExitCode;
import dev.enclavemetrics.launcher.render.Metric;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    @Test
    void listsTheSettingsAsTheyAre() throws IOException {
        assertThat(document("configuration.md")).contains(SettingsTable.of(Setting.values()));
    }

    @Test
    void listsTheMetricsAsTheyAre() throws IOException {
        String table =
                Arrays.stream(Metric.values())
                        .map(
                                metric ->
                                        "| `%s` | %s | %s |\n"
                                                .formatted(
                                                        metric.exposedName(),
                                                        metric.kind()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT),
                                                        metric.help()))
                        .collect(
                                Collectors.joining(
                                        "", "| Metric | Kind | Meaning |\n|---|---|---|\n", "\n"));

        assertThat(document("wire-format.md")).contains(table);
    }

    @Test
    void listsTheExitCodesAsTheyAre() throws IOException {
        String table =
                Arrays.stream(EnclaveExitCode.values())
                        .map(exit -> "| %d | %s |\n".formatted(exit.code(), exit.message()))
                        .collect(
                                Collectors.joining(
                                        "",
                                        "| Exit code | With `--run-enclave`: |\n|---|---|\n",
                                        "\n"));

        assertThat(document("operations.md")).contains(table);
    }

    @Test
    void explainsEveryReason() throws IOException {
        assertThat(document("operations.md"))
                .contains(
                        Arrays.stream(CurrentValue.Reason.values())
                                .map(reason -> "| `%s` |".formatted(reason))
                                .toList());
    }

    private static String document(String name) throws IOException {
        return Files.readString(Path.of("../docs", name));
    }
}
