package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.testing.FreePort;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the dashboard's queries, and queries for the metrics in alerts, on a real Prometheus that
 * scrapes a real agent's launcher, a real metrics server and a real webhook. The labels are set by
 * hand; kubernetes/e2e tests that discovery sets them.
 */
class DashboardIT {

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(300);

    /** The values that Grafana inserts for a user's choice, and its shortest interval for rates. */
    private static final Map<String, String> CHOSEN =
            Map.of(
                    "namespace",
                    "shop",
                    "workload",
                    "api",
                    "pod",
                    "(api-1|api-2)",
                    "__rate_interval",
                    "1m0s");

    @TempDir private Path folder;
    private final Dashboard dashboard = new Dashboard();
    private final PrometheusRules rules = new PrometheusRules();
    private final List<Process> processes = new ArrayList<>();
    private final int launcherPort = FreePort.next();
    private final int serverPort = FreePort.next();
    private final int webhookPort = FreePort.next();
    private final int prometheusPort = FreePort.next();
    private final FakeKubernetes kubernetes = new FakeKubernetes(pod());

    DashboardIT() throws IOException {}

    @BeforeEach
    void start() throws Exception {
        assumeThat(Prometheus.isInstalled())
                .as("prometheus and promtool must be installed for this test")
                .isTrue();
        Path socket = folder.resolve("s");
        Path application = Files.writeString(folder.resolve("metrics"), "queue_depth 5\n");
        java(
                "agent.Agent",
                "listen=unix:" + socket,
                "interval=100ms",
                "window=1s",
                "application=file:" + application,
                "application-metrics=queue_depth");
        java(
                "launcher.Launcher",
                "--enclave=unix:" + socket,
                "--bind=127.0.0.1",
                "--port=" + launcherPort);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubernetes.kubeconfig());
        java(
                "metricsserver.MetricsServer",
                "--kubeconfig=" + kubeconfig,
                "--bind=127.0.0.1",
                "--port=" + serverPort,
                "--scrape-interval=1s",
                "--scrape-timeout=500ms",
                "--warm-up=0s",
                "--events=false");
        X509Bundle pair =
                new CertificateBuilder()
                        .subject("CN=webhook")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        Path certificate = Files.writeString(folder.resolve("crt"), pair.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("key"), pair.getPrivateKeyPEM());
        java(
                "webhook.Webhook",
                "--bind=127.0.0.1",
                "--port=" + webhookPort,
                "--tls-cert-file=" + certificate,
                "--tls-key-file=" + key,
                "--sidecar-image=example/launcher");
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), configuration());
        run(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + prometheusPort);
    }

    @AfterEach
    void end() throws InterruptedException {
        kubernetes.close();
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            process.waitFor();
        }
    }

    @Test
    void everyQueryGivesData() throws Exception {
        List<String> queries = new ArrayList<>(dashboard.queries(CHOSEN));
        queries.addAll(dashboard.variableQueries(CHOSEN));
        queries.addAll(rules.metrics());
        if (!hasPressure()) {
            queries.removeIf(query -> query.contains("nitro_enclave_pressure_"));
        }
        assertThat(queries).hasSizeGreaterThan(40);

        awaitData(queries);
        assertThat(dashboard.queries(CHOSEN)).noneMatch(query -> query.contains("$"));
        assertThat(new Prometheus(prometheusPort).get("/api/v1/rules"))
                .contains(rules.names())
                .doesNotContain("\"health\":\"err\"");
    }

    /** Without PSI, the kernel has no such file, or the file cannot be read. */
    private static boolean hasPressure() {
        try {
            return !Files.readString(Path.of("/proc/pressure/io")).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitData(List<String> queries) throws Exception {
        Prometheus prometheus = new Prometheus(prometheusPort);
        List<String> left = new ArrayList<>(queries);
        long endNs = System.nanoTime() + PATIENCE_NS;
        while (true) {
            List<String> empty = new ArrayList<>();
            for (String query : left) {
                if (!prometheus.hasData(query)) {
                    empty.add(query);
                }
            }
            if (empty.isEmpty()) {
                return;
            }
            assertThat(logsOfEnded()).isEmpty();
            assertThat(System.nanoTime() - endNs).as("no data: %s", empty).isNegative();
            left = empty;
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private List<String> logsOfEnded() throws IOException {
        List<String> logs = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            if (!processes.get(i).isAlive()) {
                logs.add(Files.readString(folder.resolve(i + ".log")));
            }
        }
        return logs;
    }

    private String configuration() {
        return """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ['%s']
        scrape_configs:
          - job_name: nitro-enclaves
            static_configs:
              - targets: ['127.0.0.1:%d']
                labels: {namespace: shop, workload: api, pod: api-1}
          - job_name: enclave-metrics-server
            scheme: https
            tls_config: {insecure_skip_verify: true}
            authorization: {credentials: token}
            static_configs:
              - targets: ['127.0.0.1:%d']
                labels: {namespace: enclave-system, pod: enclave-metrics-server-1}
          - job_name: enclave-metrics-webhook
            scheme: https
            tls_config: {insecure_skip_verify: true}
            static_configs:
              - targets: ['127.0.0.1:%d']
                labels: {namespace: enclave-system, pod: enclave-metrics-webhook-1}
        """
                .formatted(
                        Chart.FOLDER.resolve(PrometheusRules.FILE).normalize(),
                        launcherPort,
                        serverPort,
                        webhookPort);
    }

    private String pod() {
        return """
        {"metadata": {"namespace": "shop", "name": "api-1", "uid": "1", "resourceVersion": "1",
          "annotations": {"nitro.k8s.anjuna.io/metricsPort": "%d"}},
         "status": {"phase": "Running", "podIP": "127.0.0.1", "startTime": "2026-01-01T00:00:00Z",
          "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
        """
                .formatted(launcherPort);
    }

    private void java(String main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                Chart.read("target/test.classpath").strip(),
                                "dev.enclavemetrics." + main));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws IOException {
        processes.add(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(processes.size() + ".log").toFile())
                        .start());
    }
}
