package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.contract.MetricsPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodAnnotationsTest {

    @Test
    void readsWhatTheKubeletWrites(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("annotations"),
                        """
                        kubectl.kubernetes.io/last-applied="{\\"a\\":\\"b=c\\"}\\n"
                        kubernetes.io/config.seen="2026-11-24T05:40:00.1Z"
                        nitro.k8s.anjuna.io/metricsPort="9091"
                        """);

        PodAnnotations annotations = PodAnnotations.read(file);

        assertThat(annotations.get(MetricsPort.KEY)).isEqualTo("9091");
        assertThat(annotations.get(MetricsPort.OTHER_KEY)).isNull();
        assertThat(annotations.get("kubectl.kubernetes.io/last-applied"))
                .isEqualTo("{\"a\":\"b=c\"}\n");
    }

    @Test
    void takesTheEscapesOfGoBack() {
        Map<String, String> valuesByQuoted =
                Map.of(
                        "\"9091\"", "9091",
                        "\"\\x39\\u0039\\U00000039\"", "999",
                        "\"a\\\\b\\\"c\"", "a\\b\"c",
                        "\"\\a\\b\\f\\n\\r\\t\\v\"", "\u0007\b\f\n\r\t\u000b",
                        "\"\\u00e9\\U0001f600é\"", "é😀é");

        valuesByQuoted.forEach(
                (quoted, value) -> assertThat(PodAnnotations.unquote(quoted)).isEqualTo(value));
    }

    @Test
    void takesBrokenEscapesAsTheyAre() {
        Map<String, String> valuesByQuoted =
                Map.of(
                        "9091", "9091",
                        "\"", "\"",
                        "\"\\\"", "\\",
                        "\"\\x3\"", "\u0003",
                        "\"\\u\"", "\uFFFD",
                        "\"\\uzzzz\"", "\uFFFD",
                        "\"\\U7fffffff\"", "\uFFFD");

        valuesByQuoted.forEach(
                (quoted, value) -> assertThat(PodAnnotations.unquote(quoted)).isEqualTo(value));
    }

    @Test
    void ignoresLinesThatAreNoAnnotation() {
        PodAnnotations annotations =
                PodAnnotations.parse("\n=\nx\n=\"y\"\r\n" + MetricsPort.KEY + "=\"1\"\r\n");

        assertThat(annotations.get(MetricsPort.KEY)).isEqualTo("1");
        assertThat(annotations.get("x")).isNull();
    }
}
