package dev.enclavemetrics.metricsserver.api;

import static dev.enclavemetrics.metricsserver.api.ApiAnswers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.store.ApplicationValues;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.testing.TestClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Application metrics in queries and in discovery. */
@Timeout(120)
class ApplicationMetricsTest {

    private static final String V1BETA2 = TestApi.ROOT + "v1beta2";
    private static final String SHOP = V1BETA2 + "/namespaces/shop/";
    private static final String APP = "/nitro_enclave_app_";
    private static final String OF_API = "?labelSelector=app%3Dapi";

    @TempDir private Path folder;
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi(folder).ready();
        pod("shop", "api-1", "api", Map.of("queue_depth", 60.0, "requests_per_second", 12.5));
        pod("shop", "api-2", "api", Map.of("queue_depth", 5.0));
        pod("shop", "web-1", "web", Map.of());
        pod("bank", "api-1", "api", Map.of("queue_depth", 1e6, "latency_average", 0.25));
        api.cluster
                .client
                .resource(
                        "---\n"
                            + "{apiVersion: apps/v1, kind: Deployment, metadata: {namespace: shop,"
                            + " name: api}, spec: {selector: {matchLabels: {app: api}}}}")
                .create();
    }

    @AfterEach
    void end() {
        api.close();
    }

    private void pod(String namespace, String name, String app, Map<String, Double> values) {
        Map<String, Double> named = new TreeMap<>();
        values.forEach((metric, value) -> named.put("nitro_enclave_app_" + metric, value));
        api.pod(
                namespace,
                name,
                Map.of("app", app),
                new Point(400, 100, TestClock.START, 15, ApplicationValues.of(named)));
    }

    private List<String> values(String path) throws Exception {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response)
                .path("items")
                .valueStream()
                .map(
                        item ->
                                item.at("/describedObject/name").asString()
                                        + "="
                                        + item.path("value").asString())
                .toList();
    }

    private List<String> listed() throws Exception {
        return json(api.get(V1BETA2))
                .path("resources")
                .valueStream()
                .map(resource -> resource.path("name").asString())
                .filter(name -> name.contains(APP))
                .toList();
    }

    @Test
    void answersLikeForAUsage() throws Exception {
        assertThat(api.get(SHOP + "pods/api-1" + APP + "queue_depth").body())
                .isEqualTo(
                        """
                        {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta2",\
                        "metadata":{},"items":[{"describedObject":{"kind":"Pod",\
                        "namespace":"shop","name":"api-1","apiVersion":"/v1"},\
                        "metric":{"name":"nitro_enclave_app_queue_depth","selector":null},\
                        "timestamp":"2026-11-24T05:40:00Z","windowSeconds":15,"value":"60"}]}\
                        """);
        assertThat(values(SHOP + "pods/*" + APP + "queue_depth"))
                .containsExactly("api-1=60", "api-2=5");
        assertThat(values(SHOP + "pods/*" + APP + "queue_depth" + OF_API)).hasSize(2);
        assertThat(values(SHOP + "pods/*" + APP + "requests_per_second"))
                .containsExactly("api-1=12500m");
        assertThat(values(SHOP + "pods/*/nitro_enclave_cpu_usage")).hasSize(3);
    }

    @Test
    void saysWhyThereIsNoNumber() throws Exception {
        ApiAnswers.refused(
                api.get(SHOP + "pods/web-1" + APP + "queue_depth"),
                404,
                "NotFound",
                "for pods web-1: its application does not report it now, or application-metrics");
        ApiAnswers.refused(
                api.get(SHOP + "pods/*" + APP + "queue_depth?labelSelector=app%3Dweb"),
                404,
                "NotFound",
                "no pod in namespace shop that matches app=web has a value of it: its application");
        assertThat(values(SHOP + "pods/*" + APP + "nothing")).isEmpty();
        api.pod("shop", "new-1", Map.of("app", "new"), null); // may have the metric later
        assertThat(values(SHOP + "pods/*" + APP + "depth?labelSelector=app%3Dnew")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a:b", "7", "a.b", "''", "%c3%a9"})
    void servesNoOtherNames(String name) throws Exception {
        HttpResponse<String> response = api.get(SHOP + "pods/*" + APP + name);

        assertThat(response.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "queue_depth_average, 32500m",
        "queue_depth_maximum, 60",
        "requests_per_second_average, 12500m",
    })
    void aggregatesTheReadyPodsThatHaveTheNumber(String name, String value) throws Exception {
        assertThat(values(SHOP + "deployments.apps/api" + APP + name))
                .containsExactly("api=" + value);
    }

    @Test
    void anObjectWhosePodsDoNotReportTheNumberHasNone() throws Exception {
        ApiAnswers.refused(
                api.get(SHOP + "deployments.apps/api" + APP + "nothing_average"),
                404,
                "NotFound",
                "of its 2 pods");
    }

    @Test
    void aNameMayEndAsAnAggregateDoes() throws Exception {
        String bank = V1BETA2 + "/namespaces/bank/pods/*";

        assertThat(values(bank + APP + "latency_average")).containsExactly("api-1=250m");
        assertThat(values(bank + APP + "queue_depth")).containsExactly("api-1=1M");
    }

    @Test
    void discoveryListsTheNamesThatExistNow() throws Exception {
        assertThat(listed()).isEmpty(); // as after the start of the server, before pods are known
        api.advance(Duration.ofSeconds(6));
        assertThat(listed())
                .contains(
                        "pods/nitro_enclave_app_latency_average",
                        "pods/nitro_enclave_app_queue_depth",
                        "pods/nitro_enclave_app_requests_per_second",
                        "deployments.apps/nitro_enclave_app_queue_depth_average",
                        "services/nitro_enclave_app_latency_average_maximum")
                .hasSize(3 * 7);
        String accept =
                "Accept: application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        HttpResponse<String> aggregated = api.get("/apis", accept);
        assertThat(aggregated.body()).contains("\"nitro_enclave_app_queue_depth\"");
        String tag = Objects.requireNonNull(aggregated.headers().firstValue("ETag").orElse(null));

        pod("shop", "api-1", "api", Map.of("queue_depth", 1.0)); // no longer requests_per_second
        api.advance(Duration.ofSeconds(6));

        assertThat(listed()).doesNotContain("pods/nitro_enclave_app_requests_per_second");
        HttpResponse<String> changed = api.get("/apis", accept, "If-None-Match: " + tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).doesNotContain("requests_per_second");
    }

    @Test
    void theStatusHasTheNumbersThatAreAskedFor() throws Exception {
        String path = SHOP + "pods/*/enclave_status?metrics=nitro_enclave_app_";

        assertThat(
                        json(api.get(path + "queue_depth,nitro_enclave_cpu_usage"))
                                .at("/items")
                                .toString())
                .contains(
                        "{\"nitro_enclave_app_queue_depth\":\"60\",\"nitro_enclave_cpu_usage\":\"400m\"}")
                .contains("\"metrics\":{\"nitro_enclave_cpu_usage\":\"400m\"}"); // of web-1
        ApiAnswers.refused(
                api.get(path + "a,b"), 400, "BadRequest", "separated by commas, found b");
        String many = "queue_depth" + ",nitro_enclave_app_a".repeat(16);
        ApiAnswers.refused(api.get(path + many), 400, "BadRequest", "metrics must be at most 16");
    }

    @Test
    void isNotServedWhenStale() throws Exception {
        api.advance(Duration.ofSeconds(46));

        assertThat(values(SHOP + "pods/*" + APP + "queue_depth")).isEmpty();
        assertThat(api.get(SHOP + "pods/api-1" + APP + "queue_depth").statusCode()).isEqualTo(404);
        assertThat(listed()).isEmpty();
    }

    @Test
    void isAuthorizedByItsOwnName() throws Exception {
        api.get(SHOP + "pods/*" + APP + "queue_depth");

        assertThat(api.cluster.accessReviews.get(0).path("resourceAttributes").toString())
                .contains(
                        "\"resource\":\"pods\",\"subresource\":\"nitro_enclave_app_queue_depth\"");
    }
}
