package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.testing.MetricsTable;
import dev.enclavemetrics.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    private static final Pattern REASON =
            Pattern.compile(
                    "(?:\\bfailure|\\bReason|\\bCONNECT|\\bANSWER|\\bBODY)\\(\\s*\"([A-Z]\\w+)\"");

    @Test
    void listsTheSettingsAsTheyAre() throws IOException {
        assertThat(document("configuration.md")).contains(SettingsTable.of(Setting.values()));
    }

    /** Reads the reasons from the source code, where they are string literals. */
    @Test
    void explainsEveryReason() throws IOException {
        Set<String> reasons = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                REASON.matcher(Files.readString(source))
                        .results()
                        .forEach(match -> reasons.add(match.group(1)));
            }
        }

        assertThat(reasons).contains("NoLauncher", "ConnectTimeout", "BadJson", "Expired");
        assertThat(document("operations.md"))
                .contains(reasons.stream().map("`%s`"::formatted).toList());
    }

    @Test
    void listsItsOwnMetricsAsTheyAre() throws IOException {
        List<String> rows = MetricsTable.rows("enclave_metrics_server_");

        assertThat(rows).hasSizeGreaterThan(9);
        assertThat(document("wire-format.md")).contains(String.join("", rows) + "\n");
    }

    @Test
    void explainsEveryStatus() throws IOException {
        assertThat(document("operations.md"))
                .contains(
                        Arrays.stream(StatusReason.values())
                                .map(status -> "`%d`".formatted(status.code()))
                                .toList());
    }

    private static String document(String name) throws IOException {
        return Files.readString(Path.of("../../docs", name));
    }
}
