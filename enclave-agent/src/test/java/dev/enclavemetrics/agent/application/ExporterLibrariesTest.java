package dev.enclavemetrics.agent.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Libraries with which Java applications export metrics over HTTP; each is read twice, a minute
 * apart.
 */
class ExporterLibrariesTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @CsvSource({"/metrics, application/openmetrics-text", "/metrics?debug=text, text/plain"})
    void readsClientJava(String path, String format) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge depth = Gauge.builder().name("queue_depth").register(registry);
        Counter requests =
                Counter.builder().name("requests").labelNames("path", "code").register(registry);
        Histogram latency = Histogram.builder().name("latency_seconds").register(registry);
        Summary size = Summary.builder().name("size_bytes").quantile(0.5).register(registry);
        try (HTTPServer server =
                HTTPServer.builder().inetAddress(LOOPBACK).registry(registry).buildAndStart()) {
            String address = "http://127.0.0.1:" + server.getPort() + path;
            TestReader reader =
                    new TestReader(
                            address,
                            "queue_depth+requests_total{code!=\"200\"}+latency_seconds_count"
                                    + "+latency_seconds_bucket{le=\"0.1\"}+size_bytes_sum"
                                    + "+size_bytes{quantile=\"0.5\"}");
            requests.labelValues("/a \"b\"\\\n", "200").inc(10);
            requests.labelValues("/a \"b\"\\\n", "500").inc(10);
            requests.labelValues("/", "503").inc(10);
            reader.next();

            depth.set(60);
            requests.labelValues("/a \"b\"\\\n", "200").inc(1000);
            requests.labelValues("/a \"b\"\\\n", "500").inc(300);
            requests.labelValues("/", "503").inc(450);
            latency.observe(0.02);
            latency.observe(0.09);
            latency.observe(3);
            size.observe(2048);

            assertThat(contentType(address)).startsWith(format);
            assertThat(reader.next())
                    .isEqualTo(
                            Map.of(
                                    "queue_depth", 60.0,
                                    "requests_per_second", 12.5,
                                    "latency_seconds_count_per_second", 0.05,
                                    "latency_seconds_bucket_per_second", 0.03333,
                                    "size_bytes_sum_per_second", 34.13,
                                    "size_bytes", 2048.0));
            assertThat(reader.log()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"application/openmetrics-text; version=1.0.0; charset=utf-8", "text/plain"})
    void readsMicrometer(String format) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        AtomicInteger depth = registry.gauge("queue.depth", new AtomicInteger(5));
        Timer requests =
                Timer.builder("http.server.requests")
                        .serviceLevelObjectives(Duration.ofMillis(100))
                        .tag("status", "500")
                        .register(registry);
        DistributionSummary size = DistributionSummary.builder("size").register(registry);
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext(
                "/actuator/prometheus",
                exchange -> {
                    byte[] body = registry.scrape(format).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", format);
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            TestReader reader =
                    new TestReader(
                            "http://127.0.0.1:"
                                    + server.getAddress().getPort()
                                    + "/actuator/prometheus",
                            "queue_depth+orders_total+http_server_requests_seconds_count"
                                    + "+http_server_requests_seconds_bucket{le=\"0.1\"}"
                                    + "+http_server_requests_seconds_max{status=\"500\"}+size_sum");
            registry.counter("orders", "kind", "new").increment(10);
            reader.next();

            depth.set(60);
            registry.counter("orders", "kind", "new").increment(750);
            requests.record(Duration.ofMillis(50));
            requests.record(Duration.ofMillis(250));
            size.record(2048);

            assertThat(reader.next())
                    .isEqualTo(
                            Map.of(
                                    "queue_depth", 60.0,
                                    "orders_per_second", 12.5,
                                    "http_server_requests_seconds_count_per_second", 0.03333,
                                    "http_server_requests_seconds_bucket_per_second", 0.01667,
                                    "http_server_requests_seconds_max", 0.25,
                                    "size_sum_per_second", 34.13));
            assertThat(reader.log()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    /** Returns the content type of the response to the reader's Accept header. */
    private static String contentType(String address) throws IOException {
        URLConnection connection = URI.create(address).toURL().openConnection();
        connection.setRequestProperty("Accept", HttpSource.ACCEPT);
        return connection.getContentType();
    }
}
