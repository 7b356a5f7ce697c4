package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.metricsserver.fallback.FallbackAddress;
import dev.enclavemetrics.testing.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackSettingTest {

    @TempDir private Path folder;

    private static MetricsServerConfig config(String... arguments) {
        return MetricsServerConfig.from(
                MetricsServer.command().parse(arguments), Map.of(), new LogLines().log());
    }

    private static List<String> problems(String... arguments) {
        return catchThrowableOfType(BadSettingsException.class, () -> config(arguments)).problems();
    }

    @ParameterizedTest
    @CsvSource({
        "monitoring/prometheus-adapter:443,prometheus-adapter.monitoring.svc,443",
        "https://adapter.example.com,adapter.example.com,443",
        "https://127.0.0.1:6443/,127.0.0.1,6443"
    })
    void namesAServiceOrAnAddress(String text, String host, int port) {
        FallbackAddress fallback =
                Objects.requireNonNull(config("--fallback-service=" + text).fallback());

        assertThat(fallback.host()).isEqualTo(host);
        assertThat(fallback.port()).isEqualTo(port);
        assertThat(fallback.insecure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://adapter:443",
                "https://adapter:0",
                "https://adapter:65536",
                "https://adapter/path",
                "https://user@adapter",
                "adapter:443"
            })
    void refusesEverythingElse(String text) {
        assertThat(problems("--fallback-service=" + text))
                .singleElement()
                .asString()
                .contains("https://HOST:PORT", text);
    }

    @Test
    void isInsecureOnlyIfSet() {
        assertThat(
                        Objects.requireNonNull(
                                        config(
                                                        "--fallback-service=a/b:1",
                                                        "--fallback-insecure=true")
                                                .fallback())
                                .insecure())
                .isTrue();
        assertThat(problems("--fallback-insecure=true"))
                .singleElement()
                .asString()
                .startsWith("--fallback-insecure must go with --fallback-service");
    }

    @Test
    void givesATokenOnlyToAServerThatItVerifies() throws IOException {
        String tokenFile =
                "--fallback-token-file=" + Files.writeString(folder.resolve("token"), "t");

        assertThat(
                        Objects.requireNonNull(
                                        config("--fallback-service=a/b:1", tokenFile).fallback())
                                .tokenFile())
                .isEqualTo(folder.resolve("token"));
        assertThat(problems(tokenFile))
                .singleElement()
                .asString()
                .startsWith("--fallback-token-file must go with --fallback-service");
        assertThat(problems("--fallback-service=a/b:1", "--fallback-insecure=true", tokenFile))
                .singleElement()
                .asString()
                .startsWith("--fallback-token-file and --fallback-insecure must not be given");
    }
}
