package dev.enclavemetrics.metricsserver.api;

import static dev.enclavemetrics.metricsserver.api.ApiAnswers.json;
import static dev.enclavemetrics.metricsserver.api.ApiAnswers.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.metricsserver.store.Point;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries for pods over HTTPS. */
@Timeout(120)
class QueriesTest {

    private static final Instant SAMPLED = Instant.parse("2026-11-24T05:40:00.987Z");
    private static final String CPU = "/nitro_enclave_cpu_usage";

    @TempDir private static Path folder;
    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new TestApi(folder).ready();
        api.pod("shop", "api-1", labels("api", "1"), new Point(437, 1000, SAMPLED, 15));
        api.pod("shop", "api-2", labels("api", "2"), new Point(0, 750, SAMPLED, 15));
        api.pod("shop", "web-1", labels("web", "3"), new Point(1000, 5, SAMPLED, 60));
        api.pod("shop", "web-2", labels("web", "4"), null);
        api.pod("bank", "api-1", labels("api", "5"), new Point(1, 2, SAMPLED, 15));
    }

    @AfterAll
    static void end() {
        api.close();
    }

    private static Map<String, String> labels(String app, String build) {
        return Map.of("app", app, "build", build);
    }

    private static HttpResponse<String> pods(String selector) throws Exception {
        return api.get(TestApi.ROOT + "v1beta2/namespaces/shop/pods/*" + CPU + selector);
    }

    private static void refused(String path, int code, String reason, String message)
            throws Exception {
        ApiAnswers.refused(api.get(path), code, reason, message);
    }

    @Test
    void answersForOnePod() throws Exception {
        HttpResponse<String> response =
                api.get(TestApi.ROOT + "v1beta2/namespaces/shop/pods/api-1" + CPU + "?pretty=true");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .isEqualTo(
                        """
                        {
                          "kind": "MetricValueList",
                          "apiVersion": "custom.metrics.k8s.io/v1beta2",
                          "metadata": {},
                          "items": [
                            {
                              "describedObject": {
                                "kind": "Pod",
                                "namespace": "shop",
                                "name": "api-1",
                                "apiVersion": "/v1"
                              },
                              "metric": {
                                "name": "nitro_enclave_cpu_usage",
                                "selector": null
                              },
                              "timestamp": "2026-11-24T05:40:00Z",
                              "windowSeconds": 15,
                              "value": "437m"
                            }
                          ]
                        }\
                        """);
    }

    @Test
    void answersInTheFormOfV1beta1() throws Exception {
        HttpResponse<String> response =
                api.get(
                        TestApi.ROOT
                                + "v1beta1/namespaces/shop/pods/web-1/nitro_enclave_memory_usage");

        assertThat(response.body())
                .isEqualTo(
                        """
                        {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta1",\
                        "metadata":{},"items":[{"describedObject":{"kind":"Pod","namespace":"shop",\
                        "name":"web-1","apiVersion":"/v1"},\
                        "metricName":"nitro_enclave_memory_usage",\
                        "timestamp":"2026-11-24T05:40:00Z","window":60,"value":"5m",\
                        "selector":null}]}\
                        """);
    }

    @ParameterizedTest
    @CsvSource({"api-1,437m,1", "api-2,0,750m", "web-1,1,5m"})
    void writesCanonicalQuantities(String pod, String cpu, String memory) throws Exception {
        String path = TestApi.ROOT + "v1beta2/namespaces/shop/pods/" + pod;
        assertThat(json(api.get(path + CPU)).at("/items/0/value").asString()).isEqualTo(cpu);
        assertThat(
                        json(api.get(path + "/nitro_enclave_memory_usage"))
                                .at("/items/0/value")
                                .asString())
                .isEqualTo(memory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "%2A", "%2a"})
    void answersForAllPodsWithAPoint(String all) throws Exception {
        for (String version : MetricPath.VERSIONS) {
            String path = TestApi.ROOT + version + "/namespaces/shop/pods/" + all + CPU;
            assertThat(names(api.get(path))).containsExactly("api-1", "api-2", "web-1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app%3Dapi | api-1 api-2",
                "app==api | api-1 api-2",
                "app!%3Dapi | web-1",
                "app%20in%20(api,web) | api-1 api-2 web-1",
                "app+in+(web) | web-1",
                "app+notin+(web) | api-1 api-2",
                "app | api-1 api-2 web-1",
                "app%3Dapi,build%3E1 | api-2",
                "build%3C2 | api-1",
                "build%3D4 | ''"
            })
    void supportsEveryOperatorOfLabelSelectors(String selector, String expected) throws Exception {
        assertThat(String.join(" ", names(pods("?labelSelector=" + selector)))).isEqualTo(expected);
    }

    @Test
    void hasNoSeriesForAMetricSelector() throws Exception {
        assertThat(names(pods("?metricLabelSelector=verb%3DGET"))).isEmpty();
        assertThat(names(pods("?metricLabelSelector="))).hasSize(3);
        refused(
                TestApi.ROOT
                        + "v1beta2/namespaces/shop/pods/api-1"
                        + CPU
                        + "?metricLabelSelector=verb%3DGET",
                404,
                "NotFound",
                "the server could not find the metric nitro_enclave_cpu_usage for pods api-1 with"
                        + " selector verb=GET");
    }

    @ParameterizedTest
    @CsvSource({"shop, app%3Dnone, app=none", "shop, !app, !app", "none, app%3Dapi, app=api"})
    void reportsThatNoMatchingPodHasTheLabel(String namespace, String selector, String found)
            throws Exception {
        for (String version : MetricPath.VERSIONS) {
            refused(
                    TestApi.ROOT
                            + version
                            + "/namespaces/"
                            + namespace
                            + "/pods/*"
                            + CPU
                            + "?labelSelector="
                            + selector,
                    404,
                    "NotFound",
                    "the server could not find the metric nitro_enclave_cpu_usage for pods: no pod"
                            + " in namespace "
                            + namespace
                            + " that matches "
                            + found
                            + " has the label nitro.k8s.anjuna.io/managed=yes; add it to the Pod"
                            + " template");
        }
    }

    @Test
    void answersAnEmptyListForANamespaceWithoutPods() throws Exception {
        assertThat(names(api.get(TestApi.ROOT + "v1beta2/namespaces/none/pods/*" + CPU))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "namespaces/shop/pods/*/nitro_enclave_gpu_usage | the server could not find the"
                        + " metric nitro_enclave_gpu_usage for pods",
                "namespaces/shop/pods/none/nitro_enclave_cpu_usage | for pods none: no pod of this"
                        + " name",
                "namespaces/shop/pods/web-2/nitro_enclave_cpu_usage | for pods web-2:"
                        + " NotScrapedYet",
                "namespaces/shop/metrics/nitro_enclave_cpu_usage | could not find",
                "nodes/foo | could not find the requested resource",
                "nodes/foo/nitro_enclave_cpu_usage | could not find",
                "namespaces/shop/pods/bar | could not find the requested resource",
                "namespaces/shop/pods | could not find",
                "namespaces/shop | could not find",
                "pods/*/nitro_enclave_cpu_usage | could not find",
                "namespaces/shop/pods/api-1/nitro_enclave_cpu_usage/more | could not find"
            })
    void servesNothingElse(String path, String message) throws Exception {
        for (String version : MetricPath.VERSIONS) {
            refused(TestApi.ROOT + version + "/" + path, 404, "NotFound", message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?labelSelector=app+in+shop | labelSelector: expected '('",
                "?metricLabelSelector=%3D | metricLabelSelector: expected",
                "?fieldSelector=status.phase%3DRunning | fieldSelector must be left out",
                "?labelSelector=%ff | UTF-8",
                "?labelSelector=%2 | hexadecimal"
            })
    void refusesBadQueries(String query, String message) throws Exception {
        String raw = TestApi.ROOT + "v1beta2/namespaces/shop/pods/*" + CPU + query;
        if (query.endsWith("%2")) {
            assertThat(RawTls.answer(api, "GET " + raw + " HTTP/1.1", TestApi.BEARER + "good"))
                    .startsWith("HTTP/1.1 400")
                    .contains(message);
            return;
        }
        refused(raw, 400, "BadRequest", message);
    }

    @Test
    void acceptsAFieldSelectorThatAgreesWithThePath() throws Exception {
        String path = TestApi.ROOT + "v1beta2/namespaces/shop/pods/api-1" + CPU;
        assertThat(names(api.get(path + "?fieldSelector=metadata.name%3Dapi-1"))).hasSize(1);
        refused(path + "?fieldSelector=metadata.name%3Dapi-2", 400, "BadRequest", "fieldSelector");
    }
}
