package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.agent.TestAgent;
import dev.enclavemetrics.launcher.serve.MetricsClient;
import dev.enclavemetrics.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uses a released Prometheus and promtool, if they are on the PATH (Debian: package prometheus).
 */
@SuppressWarnings("NullAway.Init") // by start()
class PrometheusIT {

    @TempDir private Path folder;
    private TestAgent agent;
    private Launcher launcher;
    private MetricsClient client;

    @BeforeEach
    void start() throws Exception {
        assumeThat(onPath("prometheus") && onPath("promtool"))
                .as("prometheus and promtool must be installed for this test")
                .isTrue();
        Path socket = folder.resolve("s");
        agent = new TestAgent(socket, Path.of("/proc"), 100, 1000);
        launcher = TestLauncher.dialling(socket);
        client = new MetricsClient(launcher.port());
        client.awaitMetrics(MetricsClient::isFresh);
    }

    @AfterEach
    void close() throws IOException {
        if (launcher != null) {
            launcher.close();
            agent.close();
        }
    }

    @Test
    void itsLinterFindsNothingToSay() throws Exception {
        Process promtool =
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectErrorStream(true)
                        .start();
        promtool.getOutputStream()
                .write(
                        client.get("/metrics", "Accept", "text/plain")
                                .body()
                                .getBytes(StandardCharsets.UTF_8));
        promtool.getOutputStream().close();

        assertThat(new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(promtool.waitFor()).isZero();
    }

    @Test
    void itScrapesWithoutASidecar() throws Exception {
        int port = FreePort.next();
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: enclave
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """
                        .formatted(launcher.port()));
        Process prometheus =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("prometheus.log").toFile())
                        .start();
        try {
            MetricsClient api = new MetricsClient(port);
            for (String metric :
                    new String[] {"nitro_enclave_cpu_usage", "nitro_enclave_memory_usage"}) {
                HttpResponse<String> answer =
                        api.await(
                                "/api/v1/query?query=" + metric,
                                a -> a.body().contains("\"value\":["));
                JsonNode result = JsonMapper.shared().readTree(answer.body());
                assertThat(result.at("/data/result/0/metric/__name__").asString())
                        .isEqualTo(metric);
                assertThat(Double.parseDouble(result.at("/data/result/0/value/1").asString()))
                        .isBetween(0.0, 1.0);
            }
        } finally {
            prometheus.destroy();
            prometheus.waitFor();
        }
    }

    private static boolean onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
