package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.launcher.nitro.EnclaveAddress;
import dev.enclavemetrics.launcher.serve.HttpSettings;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherConfigTest {

    private static final String ENCLAVE = "--enclave=vsock:16:59090";

    @TempDir Path folder;

    private final LogLines log = new LogLines();
    private final Map<String, String> environment = new HashMap<>();
    private ProcessLimits limits = TestLauncher.NO_LIMITS;

    private LauncherConfig config(String... arguments) {
        return LauncherConfig.from(
                Launcher.command().parse(arguments), environment, limits, log.log());
    }

    private List<String> problems(String... arguments) {
        return catchThrowableOfType(BadSettingsException.class, () -> config(arguments)).problems();
    }

    private String annotations(String text) throws IOException {
        return "--pod-annotations=" + Files.writeString(folder.resolve("annotations"), text);
    }

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(config(ENCLAVE))
                .isEqualTo(
                        new LauncherConfig(
                                new EnclaveAddress.Fixed(new Endpoint.Vsock(16, 59090)),
                                59090,
                                new HttpSettings(
                                        new InetSocketAddress(59090),
                                        1024,
                                        Duration.ofSeconds(60))));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void takesEverySetting() {
        LauncherConfig config =
                config(
                        "--enclave=nitro:bank",
                        "--enclave-port=5000",
                        "--port=9091",
                        "--bind=127.0.0.1",
                        "--max-connections=7",
                        "--idle-timeout=500ms");

        assertThat(config)
                .isEqualTo(
                        new LauncherConfig(
                                new EnclaveAddress.Nitro("bank"),
                                5000,
                                new HttpSettings(
                                        new InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), 9091),
                                        7,
                                        Duration.ofMillis(500))));
    }

    @Test
    void takesEverySettingFromTheEnvironment() {
        environment.put("ENCLAVE_METRICS_ENCLAVE", "nitro");
        environment.put("ENCLAVE_METRICS_ENCLAVE_PORT", "5000");
        environment.put("ENCLAVE_METRICS_PORT", "9091");
        environment.put("ENCLAVE_METRICS_BIND", "::1");
        environment.put("ENCLAVE_METRICS_POD_ANNOTATIONS", "");
        environment.put("ENCLAVE_METRICS_MAX_CONNECTIONS", "7");
        environment.put("ENCLAVE_METRICS_IDLE_TIMEOUT", "2m");

        LauncherConfig config = config();

        assertThat(config.enclave()).isEqualTo(new EnclaveAddress.Nitro(""));
        assertThat(config.enclavePort()).isEqualTo(5000);
        assertThat(config.http().listen().getPort()).isEqualTo(9091);
        assertThat(config.http().listen().getAddress().isLoopbackAddress()).isTrue();
        assertThat(config.http().maxConnections()).isEqualTo(7);
        assertThat(config.http().idleTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void letsTheFlagWinOverTheEnvironment() {
        environment.put("ENCLAVE_METRICS_PORT", "9091");

        assertThat(config(ENCLAVE, "--port=9092").http().listen().getPort()).isEqualTo(9092);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "sctp"})
    void ignoresWhatKubernetesInjectsForAServiceOfItsName(String protocol) {
        environment.put("ENCLAVE_METRICS_PORT", protocol + "://10.0.0.1:59090");
        environment.put("ENCLAVE_METRICS_SERVICE_HOST", "10.0.0.1");
        environment.put("ENCLAVE_METRICS_SERVICE_PORT", "59090");
        environment.put("ENCLAVE_METRICS_SERVICE_PORT_HTTP", "59090");
        environment.put("ENCLAVE_METRICS_PORT_59090_TCP", "tcp://10.0.0.1:59090");
        environment.put("ENCLAVE_METRICS_PORT_59090_TCP_ADDR", "10.0.0.1");

        assertThat(config(ENCLAVE).http().listen().getPort()).isEqualTo(59090);
        assertThat(log.lines())
                .containsExactly(
                        "WARN  ENCLAVE_METRICS_PORT="
                                + protocol
                                + "://10.0.0.1:59090 is ignored: Kubernetes sets it for a Service"
                                + " of that name; to avoid this, set enableServiceLinks: false in"
                                + " the pod");
    }

    @Test
    void warnsOfAVariableThatIsNoSetting() {
        environment.put("ENCLAVE_METRICS_PROT", "9091");

        config(ENCLAVE);

        assertThat(log.lines())
                .containsExactly(
                        "WARN  ENCLAVE_METRICS_PROT is ignored: the launcher has no such setting;"
                                + " see --help");
    }

    @Test
    void reportsAllProblemsTogether() {
        environment.put("ENCLAVE_METRICS_IDLE_TIMEOUT", "soon");

        assertThat(
                        problems(
                                "--enclave=tcp:1",
                                "--port=0",
                                "--bind=localhost",
                                "--max-connections=many",
                                "--pod-annotations=" + folder.resolve("absent"),
                                "--frobnicate",
                                "leftover"))
                .containsExactlyInAnyOrder(
                        "Unknown options: '--frobnicate', 'leftover'; see --help",
                        "--enclave: an endpoint must be vsock:CID:PORT, unix:PATH or"
                                + " hybrid:PATH:PORT, found tcp:1; or write nitro[:NAME]",
                        "--port must be a whole number from 1 to 65535, found \"0\"; leave it out"
                                + " for the pod annotation, else 59090",
                        "--bind must be an IP address such as 127.0.0.1, or all, found"
                                + " \"localhost\"; leave it out for all",
                        "--max-connections must be a whole number from 1 to 65536, found \"many\";"
                            + " leave it out for 1024, or fewer if file descriptors or heap do not"
                            + " allow that",
                        "ENCLAVE_METRICS_IDLE_TIMEOUT must be a duration such as 500ms, 30s or 2m,"
                                + " from 100ms to 24h, found \"soon\"; leave it out for 60s",
                        "--pod-annotations must name a readable file, found \""
                                + folder.resolve("absent")
                                + "\" (no such file); mount a downward API volume with"
                                + " metadata.annotations there, or leave it out");
    }

    @Test
    void reportsOptionsWithoutValueAndRepeatedOnes() {
        assertThat(problems("--port=1", "--port=2", "--enclave"))
                .hasSize(3)
                .anySatisfy(p -> assertThat(p).contains("--port", "only once", "see --help"))
                .anySatisfy(p -> assertThat(p).contains("Missing", "--enclave", "see --help"))
                .anySatisfy(p -> assertThat(p).contains("--enclave must be given, found none"));
    }

    /** The usable part of the heap of 24 MiB that the packaged options set. */
    private static final long SHIPPED_HEAP_BYTES = 24_707_072;

    @Test
    void carriesTheDefaultOfConnectionsInTheShippedHeap() {
        limits = new ProcessLimits(SHIPPED_HEAP_BYTES, 20_000);

        assertThat(config(ENCLAVE).http().maxConnections()).isEqualTo(1024);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void refusesMoreConnectionsThanTheHeapCanCarry() {
        limits = new ProcessLimits(SHIPPED_HEAP_BYTES, 20_000);

        assertThat(problems(ENCLAVE, "--max-connections=16384"))
                .containsExactly(
                        "--max-connections must be at most 1184 here, found \"16384\": the heap"
                                + " may have 23 MiB (-Xmx), of which a connection may take 10"
                                + " KiB, and all else 12 MiB; lower it, or raise the limit");
    }

    @Test
    void refusesMoreConnectionsThanFilesAreLeftForThem() {
        limits = new ProcessLimits(SHIPPED_HEAP_BYTES, 256);
        environment.put("ENCLAVE_METRICS_MAX_CONNECTIONS", "193");

        assertThat(problems(ENCLAVE))
                .containsExactly(
                        "ENCLAVE_METRICS_MAX_CONNECTIONS must be at most 192 here, found \"193\":"
                                + " the process may open 256 files (ulimit -n), of which 64 are"
                                + " reserved for other uses; lower it, or raise the"
                                + " limit");
        assertThat(config(ENCLAVE, "--max-connections=192").http().maxConnections()).isEqualTo(192);
    }

    @Test
    void lowersTheDefaultOfConnectionsToWhatTheLimitsAllow() {
        limits = new ProcessLimits(SHIPPED_HEAP_BYTES, 1024);

        assertThat(config(ENCLAVE).http().maxConnections()).isEqualTo(960);
        assertThat(log.lines())
                .containsExactly(
                        "WARN  at most 960 HTTP connections instead of 1024: the process may open"
                                + " 1024 files (ulimit -n), of which 64 are reserved for other"
                                + " uses");
    }

    @Test
    void refusesToRunWithoutRoomForAConnection() {
        limits = new ProcessLimits(SHIPPED_HEAP_BYTES, 64);

        assertThat(problems(ENCLAVE))
                .singleElement()
                .asString()
                .startsWith("there must be room for an HTTP connection, found none: ")
                .contains("64 files");
    }

    @ParameterizedTest
    @CsvSource({
        "vsock:any:59090, the enclave's own CID must be given",
        "nitro:, a name must follow nitro:",
        "vsock:16, an endpoint must be",
        "'', an endpoint must be"
    })
    void refusesAnEnclaveThatCannotBeDialled(String enclave, String problem) {
        assertThat(problems("--enclave=" + enclave))
                .singleElement()
                .asString()
                .startsWith("--enclave: ")
                .contains(problem);
    }

    @Test
    void takesAnEnclavePortOnlyWithNitro() {
        assertThat(problems(ENCLAVE, "--enclave-port=5000"))
                .containsExactly(
                        "--enclave-port must go with --enclave=nitro, found \"5000\" with"
                                + " vsock:16:59090; add the port to --enclave");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+5", "65536", "99999999999", "1.5", "٣", " 80", ""})
    void refusesWhatIsNoPort(String port) {
        assertThat(problems(ENCLAVE, "--port=" + port))
                .singleElement()
                .asString()
                .contains("--port must be", "found \"" + port + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99ms", "25h", "60", "-1s", "1 s", "1d", "9999999999s", ""})
    void refusesWhatIsNoDuration(String duration) {
        assertThat(problems(ENCLAVE, "--idle-timeout=" + duration))
                .singleElement()
                .asString()
                .contains("--idle-timeout must be", "found \"" + duration + "\"");
    }

    @Test
    void takesThePortFromTheAnnotation() throws Exception {
        String file = annotations("nitro.k8s.anjuna.io/metricsPort=\"9091\"\n");

        assertThat(config(ENCLAVE, file).http().listen().getPort()).isEqualTo(9091);
    }

    @Test
    void takesThePortFromTheAnnotationsOtherSpelling() throws Exception {
        String file = annotations("anjuna.k8s.io/metricsPort=\"9092\"\n");

        assertThat(config(ENCLAVE, file).http().listen().getPort()).isEqualTo(9092);
    }

    @Test
    void letsTheFirstSpellingWinAndWarnsIfTheyDiffer() throws Exception {
        String file =
                annotations(
                        """
                        anjuna.k8s.io/metricsPort="9092"
                        nitro.k8s.anjuna.io/metricsPort="9091"
                        """);

        assertThat(config(ENCLAVE, file).http().listen().getPort()).isEqualTo(9091);
        assertThat(log.lines())
                .containsExactly(
                        "WARN  annotation nitro.k8s.anjuna.io/metricsPort=9091 overrides"
                                + " anjuna.k8s.io/metricsPort=9092; remove one of them");
    }

    @Test
    void keepsQuietIfBothSpellingsAgree() throws Exception {
        String file =
                annotations(
                        """
                        anjuna.k8s.io/metricsPort="9091"
                        nitro.k8s.anjuna.io/metricsPort="9091"
                        """);

        assertThat(config(ENCLAVE, file).http().listen().getPort()).isEqualTo(9091);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void usesTheDefaultWithoutAnAnnotation() throws Exception {
        assertThat(config(ENCLAVE, annotations("")).http().listen().getPort()).isEqualTo(59090);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "http", "", " 9091"})
    void refusesAnAnnotationThatIsNoPort(String value) throws Exception {
        String file = annotations("anjuna.k8s.io/metricsPort=\"" + value + "\"\n");

        assertThat(problems(ENCLAVE, file))
                .containsExactly(
                        "the pod's annotation anjuna.k8s.io/metricsPort must be a port from 1 to"
                                + " 65535, found \""
                                + value
                                + "\"; correct it, or remove it for 59090");
    }

    @Test
    void prefersThePortFlagToTheAnnotationAndWarns() throws Exception {
        String file = annotations("nitro.k8s.anjuna.io/metricsPort=\"9091\"\n");

        assertThat(config(ENCLAVE, file, "--port=80").http().listen().getPort()).isEqualTo(80);
        assertThat(log.lines())
                .containsExactly(
                        "WARN  the port is set to 80, but the metrics server scrapes port 9091 as"
                                + " the pod's annotation says; set both to the same");
    }

    @Test
    void namesAFolderThatIsNoFile() {
        assertThat(problems(ENCLAVE, "--pod-annotations=" + folder))
                .singleElement()
                .asString()
                .startsWith("--pod-annotations must name a readable file, found ");
    }

    @Test
    void helpNamesEverySettingAndItsDefault() {
        String help = Launcher.command().help();

        for (Setting setting : Setting.values()) {
            String value = setting.isSwitch() ? "[=" : "=";
            assertThat(help).contains(setting.flag() + value, setting.defaultText());
        }
        assertThat(help).contains("ENCLAVE_METRICS_IDLE_TIMEOUT", "--help", "--version");
    }
}
