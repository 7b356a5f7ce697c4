package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.serving.tls.TlsSource;
import dev.enclavemetrics.testing.LogLines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerConfigTest {

    @TempDir Path folder;

    private final LogLines log = new LogLines();
    private final Map<String, String> environment = new HashMap<>();

    private MetricsServerConfig config(String... arguments) {
        return MetricsServerConfig.from(
                MetricsServer.command().parse(arguments), environment, log.log());
    }

    private List<String> problems(String... arguments) {
        return catchThrowableOfType(BadSettingsException.class, () -> config(arguments)).problems();
    }

    @Test
    void hasTheDocumentedDefaults() {
        MetricsServerConfig config = config();

        assertThat(config.kubeconfig()).isNull();
        assertThat(config.listen()).isEqualTo(new InetSocketAddress(10250));
        assertThat(config.tls()).isEqualTo(new TlsSource.Ephemeral());
        assertThat(config.caBundleIntoApiServices()).isFalse();
        assertThat(config.scrape())
                .isEqualTo(
                        new ScrapeConfig(
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(30)));
        assertThat(config.events()).isTrue();
        assertThat(config.fallback()).isNull();
    }

    @Test
    void readsEverySetting() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "text");
        environment.put("ENCLAVE_METRICS_EVENTS", "false");

        MetricsServerConfig config =
                config(
                        "--kubeconfig=" + file,
                        "--bind=127.0.0.1",
                        "--port=8443",
                        "--tls-cert-file=" + file,
                        "--tls-key-file=" + file,
                        "--scrape-interval=1s",
                        "--scrape-timeout=500ms",
                        "--warm-up=0s",
                        "--fallback-service=monitoring/prometheus-adapter:443",
                        "--fallback-account=ours/reader",
                        "--fallback-ca-file=" + file);

        assertThat(config.kubeconfig()).isEqualTo(file);
        assertThat(config.listen())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443));
        assertThat(config.tls()).isEqualTo(new TlsSource.Files(file, file));
        assertThat(config.scrape())
                .isEqualTo(
                        new ScrapeConfig(
                                Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ZERO));
        assertThat(config.events()).isFalse();
        assertThat(config.fallback()).isNotNull();
    }

    @Test
    void managesItsOwnCertificateIfConfigured() {
        MetricsServerConfig config =
                config(
                        "--tls-secret=s",
                        "--tls-names=a.b.svc,a.b.svc.cluster.local",
                        "--namespace=b",
                        "--tls-ca-bundle-into-api-services=true");

        assertThat(config.tls())
                .isEqualTo(
                        new TlsSource.Managed(
                                "b", "s", List.of("a.b.svc", "a.b.svc.cluster.local")));
        assertThat(config.caBundleIntoApiServices()).isTrue();
        assertThat(problems("--tls-ca-bundle-into-api-services=true"))
                .singleElement()
                .asString()
                .startsWith(
                        "--tls-ca-bundle-into-api-services must go with --tls-secret, found none");
    }

    @Test
    void reportsAllProblemsTogether() {
        assertThat(
                        problems(
                                "--kubeconfig=" + folder,
                                "--port=0",
                                "--events=yes",
                                "--bind=localhost",
                                "--tls-cert-file=" + folder.resolve("absent"),
                                "--scrape-interval=1s",
                                "--frobnicate"))
                .containsExactlyInAnyOrder(
                        "Unknown option: '--frobnicate'; see --help",
                        "--port must be a whole number from 1 to 65535, found \"0\"; leave it out"
                                + " for 10250",
                        "--bind must be an IP address such as 127.0.0.1, or all, found"
                                + " \"localhost\"; leave it out for all",
                        "--kubeconfig must name a readable file, found \""
                                + folder
                                + "\"; correct it, or leave it out for the pod's service account",
                        "--tls-cert-file must name a readable file, found \""
                                + folder.resolve("absent")
                                + "\"; correct it, or leave it out for a self-signed certificate",
                        "--tls-cert-file must go with --tls-key-file, found none; give the other,"
                                + " or leave both out",
                        "--scrape-timeout must be less than --scrape-interval, found 3000ms and"
                                + " 1000ms; lower the first or raise the second",
                        "--events must be true or false, found \"yes\"; leave it out for true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "adapter", "a/b", "a/b:0", "a/b:65536", "A/b:1", "a/b:1/c", "a/1b:1"})
    void refusesOtherTextThanAService(String service) {
        assertThat(problems("--fallback-service=" + service, "--fallback-account=a/b"))
                .singleElement()
                .asString()
                .startsWith("--fallback-service must be NAMESPACE/NAME:PORT")
                .contains("found \"" + service + "\"");
    }

    @Test
    void helpListsEverySettingAndItsDefault() {
        String help = MetricsServer.command().help().replaceAll("\\s+", " ");

        for (Setting setting : Setting.values()) {
            assertThat(help).contains(setting.flag() + "=", setting.defaultText());
        }
    }
}
