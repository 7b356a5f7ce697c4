package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** API discovery. */
@Timeout(120)
class DiscoveryTest {

    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList";

    @TempDir private static Path folder;
    private static TestApi api;

    /** The server is not ready: discovery does not wait for pods. */
    @BeforeAll
    static void start() throws Exception {
        api = new TestApi(folder);
    }

    @AfterAll
    static void end() {
        api.close();
    }

    private static JsonNode json(String path) throws Exception {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return Json.mapper().readTree(response.body());
    }

    @Test
    void listsTheGroupWithBothVersions() throws Exception {
        assertThat(json("/apis").toString())
                .isEqualTo(
                        """
                        {"kind":"APIGroupList","apiVersion":"v1","groups":[\
                        {"name":"custom.metrics.k8s.io","versions":[\
                        {"groupVersion":"custom.metrics.k8s.io/v1beta2","version":"v1beta2"},\
                        {"groupVersion":"custom.metrics.k8s.io/v1beta1","version":"v1beta1"}],\
                        "preferredVersion":\
                        {"groupVersion":"custom.metrics.k8s.io/v1beta2","version":"v1beta2"}}]}\
                        """);
        assertThat(json("/apis/custom.metrics.k8s.io").path("kind").asString())
                .isEqualTo("APIGroup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1beta1", "v1beta2"})
    void listsTheResourcesOfEachVersion(String version) throws Exception {
        JsonNode list = json(TestApi.ROOT + version);

        assertThat(list.path("kind").asString()).isEqualTo("APIResourceList");
        assertThat(list.path("groupVersion").asString())
                .isEqualTo("custom.metrics.k8s.io/" + version);
        assertThat(list.path("resources").path(0).toString())
                .isEqualTo(
                        """
                        {"name":"pods/nitro_enclave_cpu_usage","singularName":"",\
                        "namespaced":true,"kind":"MetricValueList","verbs":["get"]}\
                        """);
        assertThat(list.path("resources").valueStream().map(r -> r.path("name").asString()))
                .hasSize(15)
                .contains(
                        "pods/nitro_enclave_memory_usage",
                        "pods/enclave_status",
                        "deployments.apps/nitro_enclave_cpu_usage_average",
                        "statefulsets.apps/nitro_enclave_memory_usage_maximum",
                        "services/nitro_enclave_cpu_usage_maximum");
    }

    @ParameterizedTest
    @CsvSource({"v2", "v2beta1"})
    void answersAggregatedDiscoveryWithATag(String version) throws Exception {
        String type = AGGREGATED.formatted(version);
        String accept = "Accept: " + type + ",application/json";

        HttpResponse<String> response = api.get("/apis", accept);

        assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
        JsonNode list = Json.mapper().readTree(response.body());
        assertThat(list.path("apiVersion").asString()).isEqualTo("apidiscovery.k8s.io/" + version);
        assertThat(list.at("/items/0/versions/0/resources/0/subresources/0").toString())
                .isEqualTo(
                        """
                        {"subresource":"nitro_enclave_cpu_usage","responseKind":\
                        {"group":"custom.metrics.k8s.io","version":"v1beta2",\
                        "kind":"MetricValueList"},"verbs":["get"]}\
                        """);
        assertThat(list.at("/items/0/versions/1/version").asString()).isEqualTo("v1beta1");
        assertThat(list.at("/items/0/versions/0/resources/0/scope").asString())
                .isEqualTo("Namespaced");
        assertThat(list.at("/items/0/versions/0/resources/0/responseKind").isObject()).isTrue();

        String tag = Objects.requireNonNull(response.headers().firstValue("ETag").orElse(null));
        HttpResponse<String> again = api.get("/apis", accept, "If-None-Match: " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(api.get("/apis", accept, "If-None-Match: \"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void prefersTheVersionThatTheClientPrefers() throws Exception {
        String v2 = AGGREGATED.formatted("v2");
        String v2beta1 = AGGREGATED.formatted("v2beta1");
        assertThat(type("Accept: " + v2 + "," + v2beta1 + ",application/json")).isEqualTo(v2);
        assertThat(type("Accept: " + v2 + ";q=0.5," + v2beta1 + ";q=0.9")).isEqualTo(v2beta1);
        assertThat(type("Accept: application/json," + v2)).isEqualTo("application/json");
        assertThat(type("Accept: " + AGGREGATED.formatted("v3") + ",application/json"))
                .isEqualTo("application/json");
    }

    private static String type(String accept) throws Exception {
        return api.get("/apis", accept).headers().firstValue("Content-Type").orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/v1",
                "/openapi/v2",
                "/openapi/v3",
                "/apis/apps",
                "/apis/custom.metrics.k8s.io/v1",
                "/nothing"
            })
    void servesNoOtherDocument(String path) throws Exception {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"kind\":\"Status\"", "\"reason\":\"NotFound\"");
    }

    @Test
    void servesItsVersionAsKubectlReadsIt() throws Exception {
        assertThat(json("/version").path("gitVersion").asString()).matches("v\\d+\\.\\d+\\.\\d+.*");
    }
}
