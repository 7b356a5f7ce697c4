package dev.enclavemetrics.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.serving.tls.TlsSource;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
import dev.enclavemetrics.webhook.pod.SidecarSettings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTest {

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Webhook.run(
                arguments,
                new Webhook.ProcessContext(
                        Map.of(),
                        InputStream.nullInputStream(),
                        new PrintStream(results, false, UTF_8),
                        new PrintStream(messages, true, UTF_8)),
                started -> {});
    }

    private static WebhookConfig config(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--tls-secret=s", "--tls-names=a.b.svc,10.0.0.1", "--namespace=b"));
        return WebhookConfig.from(
                new WebhookCommand().parse(all.toArray(String[]::new)).arguments(),
                Map.of(),
                new LogLines().log());
    }

    @Test
    void printsHelpWithEverySetting() {
        assertThat(run("--help")).isZero();
        assertThat(results.toString(UTF_8))
                .contains(Arrays.stream(Setting.values()).map(Setting::flag).toList())
                .contains("translate");
        results.reset();
        assertThat(run("translate", "--help")).isZero();
        assertThat(results.toString(UTF_8)).contains("FILE...", "--in-place", "--check");
    }

    @Test
    void printsTheVersion() {
        assertThat(run("--version")).isZero();
        assertThat(results.toString(UTF_8)).isEqualTo("webhook development\n");
    }

    @Test
    void reportsAllBadSettingsTogether() {
        assertThat(run("--sidecar-native=perhaps", "--nitro-cli=here", "--unknown=1")).isEqualTo(2);
        assertThat(messages.toString(UTF_8).lines())
                .hasSize(5)
                .anyMatch(l -> l.contains("a certificate must be given, found none"))
                .anyMatch(l -> l.contains("--unknown"))
                .anyMatch(l -> l.contains("--sidecar-image must be given, found none"))
                .anyMatch(
                        l ->
                                l.contains(
                                        "--sidecar-native must be true or false, found"
                                                + " \"perhaps\""))
                .anyMatch(
                        l ->
                                l.contains(
                                        "--nitro-cli must be none or an absolute path, found"
                                                + " \"here\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --sidecar-memory-request=256Mi | --sidecar-memory-request must not be above --sidecar-memory-limit, found 256Mi above 128Mi; raise the limit, or lower the request
                    --sidecar-cpu-limit=9m | --sidecar-cpu-request must not be above --sidecar-cpu-limit, found 10m above 9m
                    --sidecar-cpu-request=0.2 --sidecar-cpu-limit=100m | found 0.2 above 100m
                    --sidecar-memory-request=1Gi --sidecar-memory-limit=1G | found 1Gi above 1G
                    --sidecar-cpu-request=none --sidecar-memory-request=none | --sidecar-cpu-request or --sidecar-memory-request must be given, found none
                    """)
    void refusesResourcesThatNoPodMayHave(String settings, String problem) {
        assertThatExceptionOfType(BadSettingsException.class)
                .isThrownBy(() -> config(("--sidecar-image=i " + settings).split(" ")))
                .satisfies(
                        e -> assertThat(e.problems()).singleElement().asString().contains(problem));
    }

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(config("--sidecar-image=i").onUntranslatable())
                .isEqualTo(OnUntranslatable.REFUSE);
        SidecarSettings sidecar = config("--sidecar-image=i").sidecar();
        assertThat(sidecar.isNative()).isTrue();
        assertThat(sidecar.resources().limits()).isEqualTo(Map.of("memory", "128Mi"));
        assertThat(sidecar.nitroSockets()).isEqualTo("pod");
    }

    @Test
    void takesEverySettingFromTheEnvironmentToo() {
        LogLines log = new LogLines();
        Map<String, String> environment =
                Map.of(
                        "ENCLAVE_METRICS_TLS_SECRET", "s",
                        "ENCLAVE_METRICS_TLS_NAMES", "a.b.svc",
                        "ENCLAVE_METRICS_NAMESPACE", "b",
                        "ENCLAVE_METRICS_SIDECAR_IMAGE", "i",
                        "ENCLAVE_METRICS_SIDECAR_CPU_LIMIT", "100m",
                        "ENCLAVE_METRICS_NITRO_CLI", "",
                        "ENCLAVE_METRICS_NITRO_SOCKETS", "tcp://10.0.0.1:80",
                        "ENCLAVE_METRICS_WEBHOOK_SERVICE_HOST", "10.0.0.1",
                        "ENCLAVE_METRICS_COLOUR", "red");
        SidecarSettings sidecar =
                WebhookConfig.from(
                                new Arguments<Setting>(Map.of(), List.of(), false, false),
                                environment,
                                log.log())
                        .sidecar();
        assertThat(sidecar.resources().limits())
                .isEqualTo(Map.of("cpu", "100m", "memory", "128Mi"));
        assertThat(sidecar.nitroCli()).isEqualTo("/usr/bin/nitro-cli");
        assertThat(sidecar.nitroSockets()).isEqualTo("pod");
        assertThat(log.lines())
                .hasSize(2)
                .anyMatch(l -> l.contains("ENCLAVE_METRICS_COLOUR is ignored"))
                .anyMatch(l -> l.contains("enableServiceLinks"));
    }

    @Test
    void servesAsTheSettingsSay() {
        ServingConfig serving =
                config("--sidecar-image=i", "--webhook-configuration=w", "--max-connections=20")
                        .serving();
        assertThat(serving.tls())
                .isEqualTo(new TlsSource.Managed("b", "s", List.of("a.b.svc", "10.0.0.1")));
        assertThat(serving.configuration()).isEqualTo("w");
        assertThat(serving.https().connections()).isEqualTo(20);
        assertThat(serving.https().listen().getPort()).isEqualTo(10_251);
    }

    @Test
    void refusesSettingsThatDoNotGoTogether() {
        assertThat(run("--sidecar-image=i", "--tls-cert-file=/dev/null", "--tls-names=a_b"))
                .isEqualTo(2);
        assertThat(messages.toString(UTF_8).lines())
                .hasSize(2)
                .anyMatch(
                        l -> l.contains("--tls-cert-file must go with --tls-key-file, found none"))
                .anyMatch(l -> l.contains("--tls-names must go with --tls-secret, found none"));
        messages.reset();
        assertThat(
                        run(
                                "--sidecar-image=i",
                                "--webhook-configuration=w",
                                "--bind=localhost",
                                "--tls-cert-file=/dev/null",
                                "--tls-key-file=/dev/null"))
                .isEqualTo(2);
        assertThat(messages.toString(UTF_8).lines())
                .hasSize(2)
                .anyMatch(l -> l.contains("--webhook-configuration must go with --tls-secret"))
                .anyMatch(l -> l.contains("--bind must be an IP address such as 127.0.0.1"));
    }

    @Test
    void refusesSettingsThatWouldMakeBadPods() {
        List<String> arguments =
                List.of(
                        "--sidecar-image=a b",
                        "--sidecar-pull-policy=always",
                        "--sidecar-cpu-request=lots",
                        "--sidecar-memory-limit=-1",
                        "--sidecar-seccomp-profile=../x",
                        "--nitro-sockets=/run/../etc",
                        "--prometheus-annotations=1");
        List<String> problems =
                catchThrowableOfType(
                                BadSettingsException.class,
                                () -> config(arguments.toArray(String[]::new)))
                        .problems();
        assertThat(problems).hasSameSizeAs(arguments);
    }
}
