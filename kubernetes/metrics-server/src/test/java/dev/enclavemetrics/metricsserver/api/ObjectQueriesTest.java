package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.store.Pods;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Aggregates over an object's pods, as metrics of type Object use them. */
@Timeout(120)
class ObjectQueriesTest {

    private static final Instant SAMPLED = Instant.parse("2026-11-24T05:40:00Z");
    private static final String SHOP = TestApi.ROOT + "v1beta2/namespaces/shop/";

    @TempDir private static Path folder;
    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new TestApi(folder).ready();
        Map<String, String> api1 = Map.of("app", "api", "tier", "front");
        api.pod("shop", "api-1", api1, new Point(400, 100, SAMPLED, 15));
        api.pod("shop", "api-2", api1, new Point(901, 100, SAMPLED.minusSeconds(7), 30));
        api.pod("shop", "api-3", api1, null);
        api.pod("shop", "db-0", Map.of("app", "db"), new Point(250, 750, SAMPLED, 15));
        api.pod("bank", "api-1", api1, new Point(1000, 1000, SAMPLED, 15));
        WatchedPod unready = Pods.pod("shop", "api-4").notReadySince(SAMPLED).pod();
        api.store.put(unready);
        create(
                "apps/v1",
                "Deployment",
                "api",
                "selector: {matchLabels: {app: api}, matchExpressions:"
                        + " [{key: tier, operator: In, values: [front]}]}");
        create(
                "apps/v1",
                "StatefulSet",
                "db",
                "selector: {matchExpressions: [{key: app, operator: NotIn, values: [api]},"
                        + " {key: app, operator: Exists}]}");
        create("v1", "Service", "front", "selector: {tier: front}");
        create("v1", "Service", "none", "selector: {app: nothing}");
        create("v1", "Service", "empty", "clusterIP: None");
    }

    private static void create(String apiVersion, String kind, String name, String spec) {
        String object =
                "---\n{apiVersion: %s, kind: %s, metadata: {namespace: shop, name: %s}, spec: {%s}}"
                        .formatted(apiVersion, kind, name, spec);
        api.cluster.client.resource(object).create();
    }

    @AfterAll
    static void end() {
        api.close();
    }

    @Test
    void describesTheObject() throws Exception {
        HttpResponse<String> response =
                api.get(SHOP + "deployments.apps/api/nitro_enclave_cpu_usage_average");

        assertThat(response.body())
                .isEqualTo(
                        """
                        {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta2",\
                        "metadata":{},"items":[{"describedObject":{"kind":"Deployment",\
                        "namespace":"shop","name":"api","apiVersion":"apps/v1"},\
                        "metric":{"name":"nitro_enclave_cpu_usage_average","selector":null},\
                        "timestamp":"2026-11-24T05:39:53Z","windowSeconds":30,"value":"651m"}]}\
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "deployments.apps/api/nitro_enclave_cpu_usage_maximum,901m",
        "deployments.apps/api/nitro_enclave_memory_usage_average,100m",
        "statefulsets.apps/db/nitro_enclave_memory_usage_maximum,750m",
        "services/front/nitro_enclave_cpu_usage_average,651m"
    })
    void aggregatesTheObjectsPods(String path, String value) throws Exception {
        assertThat(api.get(SHOP + path).body()).contains("\"value\":\"" + value + "\"");
        assertThat(api.get(SHOP.replace("v1beta2", "v1beta1") + path).body())
                .contains("\"metricName\":", "\"value\":\"" + value + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deployments.apps/gone | there is no such Deployment",
                "services/none | of its 0 pods",
                "services/empty | the Service must select pods by their labels, found: no selector",
                "deployments.apps/* | could not find the metric",
                "deployments.apps/UPPER | could not find the metric",
                "replicasets.apps/api | could not find the metric"
            })
    void reportsWhyThereIsNoValue(String object, String message) throws Exception {
        HttpResponse<String> response = api.get(SHOP + object + "/nitro_enclave_cpu_usage_average");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"reason\":\"NotFound\"", message);
    }

    @Test
    void readsAnObjectOnceInFifteenSeconds() throws Exception {
        String path = SHOP + "services/later/nitro_enclave_cpu_usage_maximum";
        assertThat(api.get(path).statusCode()).isEqualTo(404);
        create("v1", "Service", "later", "selector: {app: db}");
        assertThat(api.get(path).statusCode()).isEqualTo(404);

        api.advance(Duration.ofSeconds(16));

        assertThat(api.get(path).statusCode()).isEqualTo(200);
    }
}
