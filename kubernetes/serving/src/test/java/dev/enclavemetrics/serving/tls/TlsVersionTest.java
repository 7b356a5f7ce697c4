package dev.enclavemetrics.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.bootstrap.SettingReader;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsVersionTest {

    private static SettingReader<TestSetting> given(String text) {
        return TestSetting.read(Map.of(TestSetting.TLS_MIN_VERSION, text));
    }

    @ParameterizedTest
    @CsvSource({"VersionTLS12, V1_2", "VersionTLS13, V1_3"})
    void takesTheNamesOfKubernetes(String text, TlsVersion version) {
        assertThat(TlsVersion.read(given(text), TestSetting.TLS_MIN_VERSION)).isEqualTo(version);
    }

    @Test
    void defaultsToTls12() {
        assertThat(TlsVersion.read(TestSetting.read(Map.of()), TestSetting.TLS_MIN_VERSION))
                .isEqualTo(TlsVersion.V1_2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2", "VersionTLS11", "versiontls12", "TLSv1.3"})
    void refusesOtherNames(String text) {
        SettingReader<TestSetting> settings = given(text);
        TlsVersion.read(settings, TestSetting.TLS_MIN_VERSION);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("--tls-min-version must be VersionTLS12 or VersionTLS13, found \"");
    }

    @ParameterizedTest
    @EnumSource
    void namesOnlyProtocolsAndSuitesThatTheJdkHas(TlsVersion version) throws Exception {
        var supported = SSLContext.getDefault().getSupportedSSLParameters();

        assertThat(version.cipherSuites()).isSubsetOf(Arrays.asList(supported.getCipherSuites()));
        assertThat(version.protocols()).isSubsetOf(Arrays.asList(supported.getProtocols()));
    }

    @Test
    void leavesOutTls12WhereTls13IsTheMinimum() {
        assertThat(TlsVersion.V1_3.protocols()).containsExactly("TLSv1.3");
        assertThat(TlsVersion.V1_3.cipherSuites()).allMatch(suite -> !suite.contains("_WITH_"));
    }
}
