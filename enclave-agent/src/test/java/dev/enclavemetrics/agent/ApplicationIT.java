package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.frame.ApplicationMetric;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged agent with application metrics. An image's JRE must have the classes that they need.
 */
class ApplicationIT {

    private static final String METRICS = "queue_depth+small+calls_total+latency_count";
    private static final String ROUNDED = "queue_depth 123456.789\nsmall 0.000123456\n";

    @TempDir private Path folder;

    @BeforeEach
    void needProc() {
        assumeThat(Path.of("/proc/stat")).exists();
    }

    @Test
    void sendsTheNumbersThatTheFileHasWhileItIsThere() throws Exception {
        Path file = folder.resolve("app.prom");
        Files.writeString(file, ROUNDED + "# TYPE latency summary\nlatency_count 1\n");
        try (RunningProcess agent = agent("file:" + file);
                AgentConnection connection = connected(agent)) {
            List<ApplicationMetric> metrics;
            do {
                metrics = connection.next().application();
            } while (metrics.size() < 3);
            assertThat(metrics)
                    .containsExactly(
                            new ApplicationMetric("queue_depth", 120_000),
                            new ApplicationMetric("small", 0.00012),
                            new ApplicationMetric("latency_count_per_second", 0));
            agent.lineWith("has no series of calls_total");

            Files.delete(file);
            while (!connection.next().application().isEmpty()) {}
            agent.lineWith("must exist and be readable");
        }
    }

    @Test
    void readsAnExporterOverHttp() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge.builder().name("queue_depth").register(registry).set(60);
        Counter calls = Counter.builder().name("calls").register(registry);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (HTTPServer server =
                        HTTPServer.builder()
                                .inetAddress(loopback)
                                .registry(registry)
                                .buildAndStart();
                RunningProcess agent = agent("http://127.0.0.1:" + server.getPort() + "/metrics");
                AgentConnection connection = connected(agent)) {
            Map<String, Double> values = new HashMap<>();
            while (values.getOrDefault("calls_per_second", 0.0) == 0) {
                calls.inc();
                for (ApplicationMetric metric : connection.next().application()) {
                    values.put(metric.name(), metric.value());
                }
            }
            assertThat(values).containsEntry("queue_depth", 60.0).hasSize(2);
        }
    }

    @Test
    void keepsSamplingWhileNobodyAnswers() throws Exception {
        try (RunningProcess agent = agent("http+unix:" + folder.resolve("none") + ":/metrics");
                AgentConnection connection = connected(agent)) {
            agent.lineWith("Does the application listen there?");
            assertThat(connection.next().application()).isEmpty();
        }
    }

    private RunningProcess agent(String application) throws IOException {
        return RunningProcess.agent(
                "listen=unix:" + folder.resolve("s"),
                "interval=100ms",
                "window=1s",
                "resolution=0.01",
                "application=" + application,
                "application-metrics=" + METRICS);
    }

    private AgentConnection connected(RunningProcess agent) throws IOException {
        agent.lineWith("listens on");
        return new AgentConnection(folder.resolve("s"));
    }
}
