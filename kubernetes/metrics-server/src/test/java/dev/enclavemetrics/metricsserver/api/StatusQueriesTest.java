package dev.enclavemetrics.metricsserver.api;

import static dev.enclavemetrics.metricsserver.api.ApiAnswers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.testing.TestClock;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The status of each watched pod. */
@Timeout(120)
class StatusQueriesTest {

    @TempDir private static Path folder;
    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new TestApi(folder).ready();
        Point point = new Point(1000, 5, TestClock.START, 60);
        api.pod("shop", "api-1", Map.of("app", "api"), point);
        api.pod("shop", "web-1", Map.of("app", "web"), point);
        api.pod("shop", "web-2", Map.of("app", "web"), null);
        api.pod("bank", "api-1", Map.of("app", "api"), point);
    }

    @AfterAll
    static void end() {
        api.close();
    }

    @Test
    void reportsTheStatusOfEachPod() throws Exception {
        String path = TestApi.ROOT + "v1beta2/namespaces/shop/pods/*/enclave_status";

        assertThat(api.get(path + "?labelSelector=app%3Dweb").body())
                .isEqualTo(
                        """
                        {"kind":"EnclaveStatusList","apiVersion":"custom.metrics.k8s.io/v1beta2",\
                        "metadata":{},"items":[{"namespace":"shop","name":"web-1","ready":true,\
                        "cpu":"1","memory":"5m","timestamp":"2026-11-24T05:40:00Z",\
                        "windowSeconds":60,"reason":"Fresh","message":""},\
                        {"namespace":"shop","name":"web-2","ready":true,\
                        "reason":"NotScrapedYet","message":""}]}\
                        """);
        JsonNode everywhere = json(api.get(TestApi.ROOT + "v1beta2/pods/*/enclave_status"));
        assertThat(everywhere.path("items")).hasSize(4);
        assertThat(everywhere.at("/items/0/namespace").asString()).isEqualTo("bank");
        assertThat(json(api.get(path.replace("*", "web-2"))).path("items")).hasSize(1);
        ApiAnswers.refused(
                api.get(path.replace("*", "web-9")), 404, "NotFound", "no pod of this name");
    }
}
