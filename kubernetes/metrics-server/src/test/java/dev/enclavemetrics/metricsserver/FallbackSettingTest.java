package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.metricsserver.fallback.FallbackAccount;
import dev.enclavemetrics.metricsserver.fallback.FallbackAddress;
import dev.enclavemetrics.testing.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackSettingTest {

    private static final String ACCOUNT = "--fallback-account=ours/metrics.reader";

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
                Objects.requireNonNull(config("--fallback-service=" + text, ACCOUNT).fallback());

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
        assertThat(problems("--fallback-service=" + text, ACCOUNT))
                .singleElement()
                .asString()
                .contains("https://HOST:PORT", text);
    }

    @Test
    void isInsecureOnlyIfSet() {
        FallbackAddress fallback =
                Objects.requireNonNull(
                        config("--fallback-service=a/b:1", "--fallback-insecure=true").fallback());

        assertThat(fallback.insecure()).isTrue();
        assertThat(fallback.account()).isNull();
    }

    @Test
    void namesTheAccountAndTheAudienceOfTheToken() {
        assertThat(account(ACCOUNT)).isEqualTo(new FallbackAccount("ours", "metrics.reader", ""));
        assertThat(account(ACCOUNT, "--fallback-token-audience=theirs"))
                .isEqualTo(new FallbackAccount("ours", "metrics.reader", "theirs"));
    }

    private static @Nullable FallbackAccount account(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--fallback-service=a/b:1");
        return Objects.requireNonNull(config(all.toArray(String[]::new)).fallback()).account();
    }

    /** Never that of the metrics server itself, which may do more. */
    @Test
    void hasNoDefaultForTheAccount() {
        assertThat(problems("--fallback-service=a/b:1"))
                .containsExactly(
                        "--fallback-service must go with --fallback-account, found none; name the"
                                + " service account whose token it gets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "a/b/c", "a/..", "A/b", "a/b?c", "/b", "a/"})
    void refusesOtherFormsOfAnAccount(String text) {
        assertThat(problems("--fallback-service=a/b:1", "--fallback-account=" + text))
                .singleElement()
                .asString()
                .startsWith("--fallback-account must be NAMESPACE/NAME of a service account")
                .contains('"' + text + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--fallback-insecure=true", ACCOUNT, "--fallback-token-audience=theirs"})
    void needsTheService(String alone) {
        assertThat(problems(alone))
                .singleElement()
                .asString()
                .startsWith(alone.split("=", -1)[0] + " must go with --fallback-service");
    }

    @ParameterizedTest
    @ValueSource(strings = {ACCOUNT, "--fallback-token-audience=theirs"})
    void givesATokenOnlyToAServerThatItVerifies(String secure) {
        assertThat(problems("--fallback-service=a/b:1", "--fallback-insecure=true", secure))
                .singleElement()
                .asString()
                .startsWith(
                        secure.split("=", -1)[0]
                                + " and --fallback-insecure must not be given together");
        assertThatThrownBy(
                        () ->
                                new FallbackAddress(
                                        "b", 1, null, true, new FallbackAccount("a", "b", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
