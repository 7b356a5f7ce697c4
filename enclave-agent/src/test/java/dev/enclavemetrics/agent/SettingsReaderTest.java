package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.transport.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @Test
    void needsNoSettings() {
        assertThat(read())
                .isEqualTo(
                        new AgentConfig(
                                new Endpoint.Vsock(Endpoint.ANY_CID, 59090),
                                1000,
                                15_000,
                                3,
                                Resolution.DEFAULT,
                                Path.of("/proc"),
                                AgentConfig.NO_PID));
    }

    @Test
    void takesEverySettingWithOrWithoutDashes() {
        AgentConfig config =
                read(
                        "listen=unix:/run/metrics.sock",
                        "--interval=500ms",
                        "window=1m",
                        "--peer-cid=any",
                        "resolution=0.05",
                        "proc=/host/proc",
                        "while-pid=42");

        assertThat(config)
                .isEqualTo(
                        new AgentConfig(
                                new Endpoint.Unix("/run/metrics.sock"),
                                500,
                                60_000,
                                Endpoint.ANY_CID,
                                new Resolution(20),
                                Path.of("/host/proc"),
                                42));
    }

    @Test
    void takesTheEnvironmentUnlessAnArgumentSaysOtherwise() {
        Map<String, String> environment =
                Map.of("ENCLAVE_METRICS_INTERVAL", "2s", "ENCLAVE_METRICS_PEER_CID", "7");

        AgentConfig config = SettingsReader.read(List.of("interval=3s"), environment);

        assertThat(config.intervalMs()).isEqualTo(3000);
        assertThat(config.peerCid()).isEqualTo(7);
    }

    @Test
    void takesAnEmptyVariableForNone() {
        assertThat(SettingsReader.read(List.of(), Map.of("ENCLAVE_METRICS_INTERVAL", "")))
                .isEqualTo(read());
    }

    @Test
    void leavesTheLaunchersEnvironmentAlone() {
        assertThat(SettingsReader.read(List.of(), Map.of("ENCLAVE_METRICS_PORT", "tcp://10.0.0.1")))
                .isNotNull();
    }

    @Test
    void roundsAWindowThatIsNoMultipleUp() {
        assertThat(read("interval=2s", "window=15s").windowIntervals()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    listen=tcp:1.2.3.4:5 | listen (or ENCLAVE_METRICS_LISTEN): an endpoint must be
                    listen=hybrid:/a:1   | listen (or ENCLAVE_METRICS_LISTEN): must be vsock:any:PORT or unix:PATH, found hybrid:/a:1
                    interval=1           | interval (or ENCLAVE_METRICS_INTERVAL): must be a time from 100ms to 60s, written like 500ms, 1s or 2m, found 1
                    interval=99ms        | must be a time from 100ms to 60s
                    interval=61s         | must be a time from 100ms to 60s
                    interval=            | found nothing
                    interval=99999999999999999999s | must be a time from 100ms to 60s
                    window=11m           | window (or ENCLAVE_METRICS_WINDOW): must be a time from 100ms to 600s
                    window=500ms         | must be 1 to 600 intervals of 1000ms, found 500ms
                    peer-cid=-1          | peer-cid (or ENCLAVE_METRICS_PEER_CID): must be a whole number or any, found -1
                    resolution=0.3       | resolution (or ENCLAVE_METRICS_RESOLUTION): must be 1/N
                    resolution=0         | must be 1/N
                    resolution=NaN       | must be 1/N
                    resolution=-0.01     | must be 1/N
                    resolution=1         | must be 1/N
                    window=60059ms,interval=100ms | must be 1 to 600 intervals of 100ms, found 60059ms
                    proc=                | proc (or ENCLAVE_METRICS_PROC): must be a path, found nothing
                    while-pid=0          | while-pid (or ENCLAVE_METRICS_WHILE_PID): must be the number of a process or none, found 0
                    port=1               | must be key=value with a key of listen, interval, window, peer-cid, resolution, proc, while-pid, found port=1
                    interval             | must be key=value
                    """)
    void saysOfABadSettingWhatMustHoldAndWhatWasFound(String argument, String message) {
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> read(argument.split(",")));

        assertThat(refused).isNotNull();
        assertThat(refused.problems()).singleElement().asString().contains(message);
    }

    @Test
    void reportsAllProblemsTogether() {
        SettingsException refused =
                catchThrowableOfType(
                        SettingsException.class,
                        () -> read("listen=x", "interval=x", "window=x", "peer-cid=x", "x=x"));

        assertThat(refused.problems()).hasSize(5);
    }

    private static AgentConfig read(String... arguments) {
        return SettingsReader.read(List.of(arguments), Map.of());
    }
}
