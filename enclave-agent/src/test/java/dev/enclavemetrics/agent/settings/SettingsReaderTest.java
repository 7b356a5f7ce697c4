package dev.enclavemetrics.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.agent.application.ApplicationConfig;
import dev.enclavemetrics.agent.application.Selector;
import dev.enclavemetrics.agent.application.SourceAddress;
import dev.enclavemetrics.agent.log.CapturedLog;
import dev.enclavemetrics.agent.round.Resolution;
import dev.enclavemetrics.transport.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private final CapturedLog captured = new CapturedLog();

    @Test
    void needsNoSettings() {
        assertThat(read())
                .isEqualTo(
                        new AgentConfig(
                                new Endpoint.Vsock(Endpoint.ANY_CID, 59090),
                                0666,
                                1000,
                                15_000,
                                3,
                                Resolution.DEFAULT,
                                Path.of("/proc"),
                                AgentConfig.NO_PID,
                                null,
                                false));
    }

    @Test
    void wantsBothSettingsOfTheApplicationAndAllProblemsAtOnce() {
        SettingsException one =
                catchThrowableOfType(
                        SettingsException.class, () -> read("application=file:/run/app.prom"));
        assertThat(one.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "application-metrics (or ENCLAVE_METRICS_APPLICATION_METRICS): must be");

        SettingsException all =
                catchThrowableOfType(
                        SettingsException.class,
                        () -> read("application=ftp://x", "application-metrics=a-b+nitro_c"));
        assertThat(all.problems()).hasSize(3);
    }

    @Test
    void takesEverySettingWithOrWithoutDashes() {
        AgentConfig config =
                read(
                        "listen=unix:/run/metrics.sock",
                        "socket-mode=660",
                        "--interval=500ms",
                        "window=1m",
                        "--peer-cid=any",
                        "resolution=0.05",
                        "proc=/host/proc",
                        "while-pid=42",
                        "application=file:/run/app.prom",
                        "application-metrics=queue_depth",
                        "last-words=stdin");

        assertThat(config)
                .isEqualTo(
                        new AgentConfig(
                                new Endpoint.Unix("/run/metrics.sock"),
                                0660,
                                500,
                                60_000,
                                Endpoint.ANY_CID,
                                new Resolution(20),
                                Path.of("/host/proc"),
                                42,
                                new ApplicationConfig(
                                        SourceAddress.parse("file:/run/app.prom"),
                                        List.of(new Selector("queue_depth", List.of()))),
                                true));
    }

    @Test
    void takesTheEnvironmentUnlessAnArgumentSaysOtherwise() {
        Map<String, String> environment =
                Map.of("ENCLAVE_METRICS_INTERVAL", "2s", "ENCLAVE_METRICS_PEER_CID", "7");

        AgentConfig config = SettingsReader.read(List.of("interval=3s"), environment, captured.log);

        assertThat(config.intervalMs()).isEqualTo(3000);
        assertThat(config.peerCid()).isEqualTo(7);
    }

    @Test
    void takesAnEmptyVariableForNone() {
        Map<String, String> environment = Map.of("ENCLAVE_METRICS_INTERVAL", "");

        assertThat(SettingsReader.read(List.of(), environment, captured.log)).isEqualTo(read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ENCLAVE_METRICS_INTERVAL",
                "ENCLAVE_METRICS_JAVA",
                "ENCLAVE_METRICS_LAST_WORDS_MS",
                "ENCLAVE_METRICS_PORT",
                "ENCLAVE_METRICS_PORT_59090_TCP_ADDR",
                "ENCLAVE_METRICS_SERVICE_HOST",
                "ENCLAVE_METRICS_SERVICE_PORT_HTTP",
                "PATH"
            })
    void saysNothingOfVariablesThatAreKnownOrAnothers(String name) {
        SettingsReader.read(List.of(), Map.of(name, "1s"), captured.log);

        assertThat(captured.lines()).isEmpty();
    }

    @Test
    void warnsOfAnUnknownVariable() {
        SettingsReader.read(List.of(), Map.of("ENCLAVE_METRICS_INTERVALL", "1s"), captured.log);

        assertThat(captured.lines())
                .containsExactly(
                        "enclave-agent: ENCLAVE_METRICS_INTERVALL is ignored: the agent has no such"
                                + " setting; see --help");
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
                    listen=tcp:1.2.3.4:5 | listen (or ENCLAVE_METRICS_LISTEN): an endpoint must be vsock:any:PORT or unix:PATH, found tcp:1.2.3.4:5
                    listen=hybrid:/a:1   | listen (or ENCLAVE_METRICS_LISTEN): an endpoint must be vsock:any:PORT or unix:PATH, found hybrid:/a:1
                    listen=hybrid:       | an endpoint must be vsock:any:PORT or unix:PATH, found hybrid:
                    listen=              | an endpoint must be vsock:any:PORT or unix:PATH, found nothing
                    listen=vsock:any:+1  | the port must be 1 to 2147483647, found +1 in vsock:any:+1
                    listen=vsock:+3:1    | the CID must be a whole number or any, found +3 in vsock:+3:1
                    socket-mode=rw       | socket-mode (or ENCLAVE_METRICS_SOCKET_MODE): must be three octal digits, such as 0666 or 0660, found rw
                    socket-mode=         | found nothing
                    socket-mode=+66      | must be three octal digits
                    socket-mode=0x1f     | must be three octal digits
                    socket-mode=0888     | must be three octal digits
                    socket-mode=4755     | must be three octal digits
                    socket-mode=0-66     | must be three octal digits
                    socket-mode=00000000000000000660 | must be three octal digits
                    interval=1           | interval (or ENCLAVE_METRICS_INTERVAL): must be a duration from 100ms to 60s, written like 500ms, 1s or 2m, found 1
                    interval=99ms        | must be a duration from 100ms to 60s
                    interval=61s         | must be a duration from 100ms to 60s
                    interval=            | found nothing
                    interval=99999999999999999999s | must be a duration from 100ms to 60s
                    window=11m           | window (or ENCLAVE_METRICS_WINDOW): must be a duration from 100ms to 600s
                    window=500ms         | must be 1 to 600 intervals of 1000ms, found 500ms
                    peer-cid=-1          | peer-cid (or ENCLAVE_METRICS_PEER_CID): the CID must be a whole number or any, found -1
                    peer-cid=+3          | the CID must be a whole number or any, found +3
                    peer-cid=            | the CID must be a whole number or any, found nothing
                    resolution=0.3       | resolution (or ENCLAVE_METRICS_RESOLUTION): must be 1/N
                    resolution=0x1p-4    | must be 1/N as a decimal number, such as 0.0001, 0.01 or 0.05, found 0x1p-4
                    resolution=1e-2      | must be 1/N
                    resolution=0.01d     | must be 1/N
                    resolution=.01       | must be 1/N
                    resolution=0.        | must be 1/N
                    resolution=          | found nothing
                    resolution=0         | must be 1/N
                    resolution=NaN       | must be 1/N
                    resolution=-0.01     | must be 1/N
                    resolution=1         | must be 1/N
                    window=60059ms,interval=100ms | must be 1 to 600 intervals of 100ms, found 60059ms
                    proc=                | proc (or ENCLAVE_METRICS_PROC): must be a path, found nothing
                    while-pid=0          | while-pid (or ENCLAVE_METRICS_WHILE_PID): must be a PID or none, found 0
                    while-pid=+5         | must be a PID or none, found +5
                    while-pid=9999999999 | must be a PID or none
                    while-pid=           | found nothing
                    interval=1s,--interval=2s | interval must be given only once, found 1s and 2s; remove one
                    port=1               | must be key=value with a key of listen, socket-mode, interval, window, peer-cid, resolution, proc, application, application-metrics, while-pid, last-words, found port=1
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
        return SettingsReader.read(List.of(arguments), Map.of(), new CapturedLog().log);
    }
}
