package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.launcher.nitro.EnclaveAddress;
import dev.enclavemetrics.launcher.nitro.EnclaveSpec;
import dev.enclavemetrics.launcher.nitro.LaunchConfig;
import dev.enclavemetrics.testing.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchSettingsTest {

    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path image;

    @BeforeEach
    void writeImage() throws IOException {
        image = Files.writeString(folder.resolve("app.eif"), "image");
    }

    private EnclaveAddress launched(String... arguments) {
        return LauncherConfig.from(
                        Launcher.command().parse(arguments),
                        environment,
                        TestLauncher.NO_LIMITS,
                        new LogLines().log())
                .enclave();
    }

    private List<String> problems(String... arguments) {
        return catchThrowableOfType(BadSettingsException.class, () -> launched(arguments))
                .problems();
    }

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(
                        launched(
                                "--run-enclave=" + image,
                                "--enclave-cpus=2",
                                "--enclave-memory-mib=1024"))
                .isEqualTo(
                        new EnclaveAddress.Launched(
                                new EnclaveSpec(image, 2, 1024, null, 0, false),
                                new LaunchConfig(
                                        false,
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(10),
                                        "vsock:{cid}:59090")));
    }

    @Test
    void takesEverySetting() {
        assertThat(
                        launched(
                                "--run-enclave=" + image,
                                "--enclave-cpus=2",
                                "--enclave-memory-mib=64",
                                "--enclave-name=bank",
                                "--enclave-cid=16",
                                "--debug",
                                "--enclave-restart=on-failure",
                                "--enclave-watch=1s",
                                "--enclave-stop-grace=1m",
                                "--enclave-endpoint=hybrid:/vmm/{cid}.sock:1"))
                .isEqualTo(
                        new EnclaveAddress.Launched(
                                new EnclaveSpec(image, 2, 64, "bank", 16, true),
                                new LaunchConfig(
                                        true,
                                        Duration.ofSeconds(1),
                                        Duration.ofMinutes(1),
                                        "hybrid:/vmm/{cid}.sock:1")));
    }

    @Test
    void takesItFromTheEnvironment() {
        environment.put("ENCLAVE_METRICS_RUN_ENCLAVE", image.toString());
        environment.put("ENCLAVE_METRICS_ENCLAVE_CPUS", "2");
        environment.put("ENCLAVE_METRICS_ENCLAVE_MEMORY_MIB", "1024");
        environment.put("ENCLAVE_METRICS_DEBUG", "true");

        assertThat(((EnclaveAddress.Launched) launched()).spec())
                .isEqualTo(new EnclaveSpec(image, 2, 1024, null, 0, true));
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThat(
                        problems(
                                "--run-enclave=" + folder.resolve("none.eif"),
                                "--enclave=nitro",
                                "--enclave-cpus=two",
                                "--port=0"))
                .satisfiesExactlyInAnyOrder(
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "--enclave must not go with --run-enclave, found"
                                                        + " \"nitro\"; remove one of them"),
                        p -> assertThat(p).startsWith("--run-enclave must name a readable file"),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "--enclave-cpus must be a whole number from 1 to"
                                                        + " 4096 with --run-enclave, found"
                                                        + " \"two\""),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "--enclave-memory-mib must be a whole number from"
                                                        + " 64 to 33554432 with --run-enclave,"
                                                        + " found none"),
                        p -> assertThat(p).startsWith("--port must be"));
    }

    @ParameterizedTest
    @CsvSource({
        "--enclave-cid=3, --enclave-cid must be a whole number from 4",
        "--enclave-name=-x, --enclave-name must be a name that does not begin with a dash",
        "--debug=yes, --debug must be true or false",
        "--enclave-restart=always, '--enclave-restart must be never or on-failure, found'",
        "--enclave-watch=10ms, --enclave-watch must be a duration",
        "--enclave-stop-grace=0s, --enclave-stop-grace must be a duration",
        "--enclave-memory-mib=63, --enclave-memory-mib must be a whole number from 64",
    })
    void refusesABadValue(String argument, String problem) {
        environment.put("ENCLAVE_METRICS_ENCLAVE_MEMORY_MIB", "64");

        assertThat(problems("--run-enclave=" + image, "--enclave-cpus=2", argument))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp:1, an endpoint must be vsock:CID:PORT",
        "vsock:any:59090, the enclave's own CID must be given",
        "hybrid:/vmm/{cid}.sock:0, the port must be 1 to",
    })
    void refusesAnEndpointThatCannotBeDialled(String endpoint, String problem) {
        assertThat(
                        problems(
                                "--run-enclave=" + image,
                                "--enclave-cpus=2",
                                "--enclave-memory-mib=64",
                                "--enclave-endpoint=" + endpoint))
                .singleElement()
                .asString()
                .startsWith("--enclave-endpoint: " + problem);
    }

    @Test
    void refusesAPathThatIsTooLongForSomeCid() {
        String path = "/" + "x".repeat(93); // 94 bytes; a CID has up to 10 digits
        assertThat(
                        problems(
                                "--run-enclave=" + image,
                                "--enclave-cpus=2",
                                "--enclave-memory-mib=64",
                                "--enclave-endpoint=unix:" + path + "{cid}"))
                .singleElement()
                .asString()
                .contains("a socket's path must be 1 to 103 bytes, found 104");
    }

    @Test
    void refusesWhatSaysSomethingOfAnEnclaveThatIsNotStarted() {
        environment.put("ENCLAVE_METRICS_ENCLAVE_RESTART", "never");

        assertThat(problems("--enclave=nitro", "--enclave-cpus=2", "--debug"))
                .containsExactly(
                        "--enclave-cpus must go with --run-enclave, found \"2\" without it; leave"
                                + " it out, or set the image to start",
                        "--debug must go with --run-enclave, found \"true\" without it; leave it"
                                + " out, or set the image to start",
                        "ENCLAVE_METRICS_ENCLAVE_RESTART must go with --run-enclave, found"
                                + " \"never\" without it; leave it out, or set the image to start");
    }

    @Test
    void takesThePortOnlyInTheEndpoint() {
        assertThat(
                        problems(
                                "--run-enclave=" + image,
                                "--enclave-cpus=2",
                                "--enclave-memory-mib=64",
                                "--enclave-port=5000"))
                .containsExactly(
                        "--enclave-port must go with --enclave=nitro, found \"5000\" with"
                                + " --run-enclave; add the port to --enclave-endpoint");
    }
}
