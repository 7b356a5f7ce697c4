package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Liveness, readiness and the server's own metrics. */
@Timeout(120)
class ProbesTest {

    private static final String PODS =
            TestApi.ROOT + "v1beta2/namespaces/shop/pods/*/nitro_enclave_cpu_usage";

    @TempDir private static Path folder;
    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new TestApi(folder);
    }

    @AfterAll
    static void end() {
        api.close();
    }

    private static void expect(String path, int code, String message) throws Exception {
        HttpResponse<String> response = api.send(api.http, "GET", path);
        assertThat(response.statusCode()).isEqualTo(code);
        assertThat(response.body()).isEqualTo(message + "\n");
    }

    @Test
    void becomesReadyOncePodsWereListedAndScraped() throws Exception {
        expect("/livez", 200, "ok");
        expect("/readyz", 503, "the pods have not been listed yet");
        HttpResponse<String> early = api.get(PODS);
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("Retry-After")).isPresent();
        assertThat(early.body()).contains("the pods have not been listed yet; try again");

        api.health.synced();
        expect("/readyz", 503, "the first scrape of all pods has not finished yet");
        assertThat(api.get(PODS).statusCode()).isEqualTo(503);

        api.health.cycled();
        expect("/readyz", 200, "ok");
        assertThat(api.get(PODS).statusCode()).isEqualTo(200);

        api.clock.advance(Duration.ofSeconds(23));
        expect("/livez", 503, "the scraper must tick in time, found no tick for 23 s");
        expect("/healthz", 503, "the scraper must tick in time, found no tick for 23 s");
        assertThat(api.get(PODS).statusCode()).isEqualTo(200);
        api.advance(Duration.ZERO);
        expect("/livez", 200, "ok");

        api.clock.advance(Duration.ofSeconds(181));
        api.health.ticked(api.clock.nanoTime());
        expect(
                "/readyz",
                503,
                "the pods must be watched, found no working watch for 181 s;"
                        + " check the API server and the network to it");
        assertThat(api.get(PODS).statusCode()).isEqualTo(200);
        api.health.watched();
        expect("/readyz", 200, "ok");

        assertThat(api.get("/metrics").body())
                .contains(
                        "# TYPE enclave_metrics_server_api_request_duration_seconds histogram",
                        "enclave_metrics_server_api_request_duration_seconds_count{code=\"503\","
                                + "kind=\"pods\"} 2",
                        "\nenclave_metrics_server_certificate_expiry_timestamp_seconds ");
        HttpResponse<String> open = api.get("/metrics", "Accept: application/openmetrics-text");
        assertThat(open.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
    }
}
