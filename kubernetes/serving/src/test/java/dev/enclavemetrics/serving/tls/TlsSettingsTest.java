package dev.enclavemetrics.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.bootstrap.SettingReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {

    private static final TlsSettings<TestSetting> TLS =
            new TlsSettings<>(
                    TestSetting.TLS_CERT_FILE,
                    TestSetting.TLS_KEY_FILE,
                    TestSetting.TLS_SECRET,
                    TestSetting.TLS_NAMES,
                    TestSetting.NAMESPACE);

    @TempDir private Path folder;

    private List<String> problems(Map<TestSetting, String> values) {
        SettingReader<TestSetting> settings = TestSetting.read(values);
        TLS.read(settings, folder.resolve("namespace"));
        return settings.problems();
    }

    @Test
    void takesTheNamespaceOfTheServiceAccount() throws Exception {
        Files.writeString(folder.resolve("namespace"), "shop\n");
        SettingReader<TestSetting> settings =
                TestSetting.read(
                        Map.of(
                                TestSetting.TLS_SECRET, "s",
                                TestSetting.TLS_NAMES, "a.shop.svc,127.0.0.1,fd00::1"));

        assertThat(TLS.read(settings, folder.resolve("namespace")))
                .isEqualTo(
                        new TlsSource.Managed(
                                "shop", "s", List.of("a.shop.svc", "127.0.0.1", "fd00::1")));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void asksForTheNamespaceWhereNothingTellsIt() {
        assertThat(problems(Map.of(TestSetting.TLS_SECRET, "s", TestSetting.TLS_NAMES, "a")))
                .singleElement()
                .asString()
                .startsWith("--namespace must be given without a service account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,", "A", "a b", "a..b", "-a", "a_b", "*.a.svc", "a:1"})
    void refusesNamesThatAreNone(String names) {
        assertThat(
                        problems(
                                Map.of(
                                        TestSetting.TLS_SECRET, "s",
                                        TestSetting.TLS_NAMES, names,
                                        TestSetting.NAMESPACE, "b")))
                .singleElement()
                .asString()
                .startsWith("--tls-names must be DNS names or IP addresses")
                .contains("found \"" + names + "\"");
    }

    @Test
    void tellsWhatDoesNotGoTogether() {
        assertThat(
                        problems(
                                Map.of(
                                        TestSetting.TLS_SECRET, "S",
                                        TestSetting.TLS_CERT_FILE, "/nowhere")))
                .anyMatch(p -> p.startsWith("--tls-secret and --tls-cert-file must not be given"))
                .anyMatch(p -> p.startsWith("--tls-cert-file must go with --tls-key-file, found"))
                .anyMatch(p -> p.startsWith("--tls-cert-file must name a readable file"));
        assertThat(problems(Map.of(TestSetting.TLS_NAMES, "a", TestSetting.NAMESPACE, "b")))
                .hasSize(2)
                .allMatch(p -> p.contains("must go with --tls-secret, found none"));
    }

    @Test
    void needsNothing() {
        assertThat(TLS.read(TestSetting.read(Map.of()))).isEqualTo(new TlsSource.Ephemeral());
    }
}
