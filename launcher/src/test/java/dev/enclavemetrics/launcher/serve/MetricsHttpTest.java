package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.serve.HttpClientSocket.Received;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the HTTP responses, over real connections. */
@Timeout(60)
class MetricsHttpTest {

    private static final String JSON =
            "{\"nitro_enclave_cpu_usage\":0.4213,\"nitro_enclave_memory_usage\":0.3127,"
                    + "\"timestamp\":\"2026-11-24T05:40:00.123Z\",\"window_seconds\":15}";

    private TestServer server;
    private HttpClientSocket client;

    @BeforeEach
    void connect() throws IOException {
        server = new TestServer(16, Duration.ofMinutes(1));
        client = server.client();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void servesJsonByDefault() throws Exception {
        server.receives(1, 0.4213);

        Received answer = client.get("/metrics");

        assertThat(answer.head())
                .isEqualTo(
                        """
                        HTTP/1.1 200 OK\r
                        Content-Type: application/json\r
                        Cache-Control: no-store\r
                        Content-Length: 129\r
                        Date: Tue, 24 Nov 2026 05:40:00 GMT\r
                        \r
                        """);
        assertThat(answer.body()).isEqualTo(JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html,*/*;q=0.8", "image/png"})
    void servesJsonToWhoeverTakesIt(String accept) throws Exception {
        server.receives(1, 0.4213);

        assertThat(client.get("/metrics", "Accept: " + accept).body()).isEqualTo(JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | text/plain; version=0.0.4; charset=utf-8",
                "application/openmetrics-text |"
                        + " application/openmetrics-text; version=1.0.0; charset=utf-8"
            })
    void servesPrometheusWhatItPrefers(String accept, String contentType) throws Exception {
        server.receives(1, 0.4213);

        Received answer = client.get("/metrics", "Accept: " + accept);

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(contentType);
        assertThat(answer.body())
                .contains(
                        "\nnitro_enclave_cpu_usage 0.4213\n",
                        "\nnitro_enclave_memory_usage 0.3127\n",
                        "\nnitro_enclave_up 1.0\n");
    }

    @Test
    void joinsSeveralAcceptLines() throws Exception {
        server.receives(1, 0.4213);

        Received answer =
                client.get("/metrics", "Accept: application/json;q=0.1", "Accept: text/plain");

        assertThat(answer.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void servesEachFrameOnceItCame() throws Exception {
        server.receives(1, 0.1);
        assertThat(client.get("/metrics").body()).contains("_cpu_usage\":0.1,");

        server.receives(2, 0.2);
        assertThat(client.get("/metrics").body()).contains("_cpu_usage\":0.2,");
        assertThat(client.get("/metrics", "Accept: text/plain").body())
                .contains("\nnitro_enclave_cpu_usage 0.2\n");
    }

    @Test
    void neverServesAnOldNumberNorZero() throws Exception {
        server.receives(1, 0.4213);
        client.get("/metrics");

        server.clock.advance(Duration.ofSeconds(3));
        Received answer = client.get("/metrics");

        assertThat(answer.code()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":\"no value since 2026-11-24T05:40:00.123Z: no frame since then,"
                                + " although connected\",\"reason\":\"Stale\"}");
    }

    @Test
    void saysWhyThereIsNoValueYet() throws Exception {
        server.latest.lost("nobody listens");
        Received notConnected = client.get("/metrics");
        server.latest.connected();
        Received warmingUp = client.get("/metrics");
        server.receives(1, 0.4213);
        Received fresh = client.get("/metrics");

        assertThat(notConnected.code()).isEqualTo(503);
        assertThat(notConnected.body())
                .isEqualTo(
                        "{\"error\":\"no connection to the agent yet: nobody listens\","
                                + "\"reason\":\"NotConnected\"}");
        assertThat(warmingUp.code()).isEqualTo(503);
        assertThat(warmingUp.body()).endsWith("\"reason\":\"WarmingUp\"}");
        assertThat(fresh.code()).isEqualTo(200);
    }

    @Test
    void tellsPrometheusThatTheEnclaveIsDownAndCountsOn() throws Exception {
        Received first = client.get("/metrics", "Accept: text/plain");
        server.clock.advance(Duration.ofSeconds(1));
        Received second = client.get("/metrics", "Accept: text/plain");

        assertThat(first.code()).isEqualTo(200);
        assertThat(first.body())
                .contains("\nnitro_enclave_up 0.0\n")
                .doesNotContain("_usage", "nitro_enclave_memory");
        assertThat(second.body()).contains("nitro_launcher_http_requests_total{code=\"200\"} 1.0");
    }

    @Test
    void answersHeadAsGetButWithoutBody() throws Exception {
        server.receives(1, 0.4213);

        for (String path : new String[] {"/metrics", "/livez", "/readyz", "/absent"}) {
            Received head = client.request("HEAD " + path).receiveHead();

            assertThat(head.head()).isEqualTo(client.get(path).head());
        }
    }

    @Test
    void isLiveAlwaysAndReadyWhileValuesAreFresh() throws Exception {
        assertThat(client.get("/livez").code()).isEqualTo(200);
        assertThat(client.get("/readyz").code()).isEqualTo(503);

        server.receives(1, 0.4213);
        assertThat(client.get("/livez").body()).isEqualTo("{\"live\":true}");
        assertThat(client.get("/readyz").body()).isEqualTo("{\"ready\":true}");

        server.clock.advance(Duration.ofSeconds(3));
        Received stale = client.get("/readyz");
        assertThat(client.get("/livez").code()).isEqualTo(200);
        assertThat(stale.code()).isEqualTo(503);
        assertThat(stale.body()).endsWith("\"reason\":\"Stale\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics?x=1",
                "/metrics?",
                "http://pod:59090/metrics",
                "HTTP://p/metrics?a"
            })
    void servesThePathWithAQueryOrWithScheme(String target) throws Exception {
        server.receives(1, 0.4213);

        assertThat(client.get(target).body()).isEqualTo(JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/metric", "/metrics/", "//metrics", "/METRICS", "*", "/index.html", "//"})
    void answersOtherPathsWith404(String target) throws Exception {
        Received answer = client.get(target);

        assertThat(answer.code()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":\"the paths are /, /events, /metrics, /livez and /readyz\","
                                + "\"reason\":\"NotFound\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW", "get"})
    void answersOtherMethodsWith405(String method) throws Exception {
        Received answer = client.request(method + " /metrics").receive();

        assertThat(answer.code()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":\"the methods are GET and HEAD\","
                                + "\"reason\":\"MethodNotAllowed\"}");
        assertThat(client.get("/livez").code()).isEqualTo(200);
    }

    @Test
    void keepsTheDateOfItsAnswersCurrent() throws Exception {
        server.receives(1, 0.4213);
        client.get("/metrics");

        server.clock.advance(Duration.ofSeconds(2));

        assertThat(client.get("/metrics").header("Date"))
                .isEqualTo("Tue, 24 Nov 2026 05:40:02 GMT");
    }

    @Test
    void countsRequestsByCodeAndOpenConnections() throws Exception {
        client.get("/metrics");
        client.get("/livez");
        client.get("/absent");

        assertThat(server.counters.httpRequests.get(503)).isEqualTo(1);
        assertThat(server.counters.httpRequests.get(200)).isEqualTo(1);
        assertThat(server.counters.httpRequests.get(404)).isEqualTo(1);
        assertThat(server.counters.httpConnections).hasValue(1);
    }
}
