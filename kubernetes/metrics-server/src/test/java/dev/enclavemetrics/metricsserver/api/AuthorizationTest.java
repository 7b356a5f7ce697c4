package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access reviews. */
@Timeout(120)
class AuthorizationTest {

    private static final String PODS =
            TestApi.ROOT + "v1beta2/namespaces/shop/pods/*/nitro_enclave_cpu_usage";

    @TempDir private static Path folder;
    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new TestApi(folder).ready();
    }

    @AfterAll
    static void end() {
        api.close();
    }

    @BeforeEach
    void forget() {
        api.advance(Duration.ofSeconds(11));
        api.cluster.allowed = spec -> true;
        api.cluster.reviewDelay = Duration.ZERO;
        api.cluster.reviewCode = 201;
        api.cluster.accessReviews.clear();
    }

    @Test
    void reviewsResourcesInTermsOfRbac() throws Exception {
        assertThat(api.get(PODS).statusCode()).isEqualTo(200);

        assertThat(api.cluster.accessReviews).hasSize(1);
        assertThat(api.cluster.accessReviews.get(0).path("resourceAttributes").toString())
                .isEqualTo(
                        """
                        {"verb":"get","group":"custom.metrics.k8s.io","version":"v1beta2",\
                        "namespace":"shop","resource":"pods",\
                        "subresource":"nitro_enclave_cpu_usage","name":"*"}\
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics,/metrics",
        "/version,/version",
        "/apis/custom.metrics.k8s.io/v1beta1,/apis/custom.metrics.k8s.io/v1beta1",
        "/apis/,/apis",
        "/openapi/v3,/openapi/v3"
    })
    void reviewsOtherPathsAsNonResourceUrls(String path, String asked) throws Exception {
        api.get(path);

        assertThat(api.cluster.accessReviews).hasSize(1);
        assertThat(api.cluster.accessReviews.get(0).path("nonResourceAttributes").toString())
                .isEqualTo("{\"path\":\"" + asked + "\",\"verb\":\"get\"}");
    }

    @Test
    void reviewsTheStatusAsItsOwnSubresource() throws Exception {
        api.get(TestApi.ROOT + "v1beta2/pods/*/enclave_status");

        assertThat(api.cluster.accessReviews.get(0).path("resourceAttributes").toString())
                .contains("\"namespace\":\"\"", "\"subresource\":\"enclave_status\"");
    }

    @Test
    void forbidsWithTheWordingOfKubernetes() throws Exception {
        api.cluster.allowed = spec -> false;

        HttpResponse<String> response = api.get(PODS);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                        "message":"pods.custom.metrics.k8s.io \\"*\\" is forbidden: User \\"hpa\\" \
                        cannot get resource \\"pods/nitro_enclave_cpu_usage\\" in API group \
                        \\"custom.metrics.k8s.io\\" in the namespace \\"shop\\"",\
                        "reason":"Forbidden","code":403}\
                        """);
        assertThat(api.get("/metrics").body())
                .contains("forbidden: User \\\"hpa\\\" cannot get path \\\"/metrics\\\"");
    }

    @Test
    void revealsNothingToUnauthorizedUsers() throws Exception {
        api.cluster.allowed = spec -> false;
        assertThat(api.get(TestApi.ROOT + "v1beta2/namespaces/a/pods/b/c").statusCode())
                .isEqualTo(403);
        assertThat(api.get("/nothing").statusCode()).isEqualTo(403);
    }

    @Test
    void cachesAnswersForTenSeconds() throws Exception {
        for (boolean allow : new boolean[] {true, false}) {
            forget();
            api.cluster.allowed = spec -> allow;
            api.get(PODS);
            api.cluster.allowed = spec -> !allow;
            api.advance(Duration.ofSeconds(9));
            assertThat(api.get(PODS).statusCode()).isEqualTo(allow ? 200 : 403);
            assertThat(api.cluster.accessReviews).hasSize(1);

            api.advance(Duration.ofSeconds(2));

            assertThat(api.get(PODS).statusCode()).isEqualTo(allow ? 403 : 200);
            assertThat(api.cluster.accessReviews).hasSize(2);
        }
    }

    @Test
    void sendsOneRequestForSeveralCallers() throws Exception {
        api.get(PODS.replace("shop", "warm")); // caches the token's review
        api.cluster.accessReviews.clear();
        api.cluster.reviewDelay = Duration.ofMillis(500);
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            responses.add(
                    api.http.sendAsync(
                            api.request("GET", PODS, TestApi.BEARER + "good"),
                            HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(response.get().statusCode()).isEqualTo(200);
        }
        assertThat(api.cluster.accessReviews).hasSize(1);
    }

    @Test
    void answersTheFrontProxysUsersWhileAnotherAsksForRandomPaths(@TempDir Path own)
            throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        // Uses its own server: a review that timed out here is counted later.
        try (TestApi flooded = new TestApi(own).ready()) {
            HttpClient proxy =
                    TestApi.client(TestPki.client("CN=front-proxy-client", TestPki.PROXIES));
            // Opens one connection for all requests; without it each would open its own.
            assertThat(flooded.send(proxy, "GET", "/livez").statusCode()).isEqualTo(200);
            flooded.cluster.allowed = spec -> isReached(answer);
            List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                flood.add(ask(flooded, proxy, "/random/" + i, "mallory"));
            }
            CompletableFuture<HttpResponse<String>> controller =
                    ask(flooded, proxy, PODS, "hpa-controller");
            CompletableFuture<HttpResponse<String>> last =
                    ask(flooded, proxy, "/random/last", "mallory");

            // 429 shows that the flood came first. On a slow machine its reviews time out, with
            // 503.
            assertThat(last.get().statusCode()).isIn(429, 503);
            answer.countDown();
            assertThat(controller.get().statusCode()).isNotEqualTo(429);
            CompletableFuture.allOf(flood.toArray(CompletableFuture[]::new)).get();
        } finally {
            answer.countDown(); // otherwise the fake API server does not end
        }
    }

    private static CompletableFuture<HttpResponse<String>> ask(
            TestApi api, HttpClient proxy, String path, String user) {
        return proxy.sendAsync(
                api.request("GET", path, "X-Remote-User: " + user),
                HttpResponse.BodyHandlers.ofString());
    }

    private static boolean isReached(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void isUnavailableWhileNobodyReviewsAccess() throws Exception {
        api.get(PODS.replace("shop", "warm"));
        api.cluster.reviewCode = 500;
        HttpResponse<String> response = api.get(PODS);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).contains("\"reason\":\"ServiceUnavailable\"", "500 not today");

        api.cluster.reviewCode = 201;

        assertThat(api.get(PODS).statusCode()).isEqualTo(200); // failures are not cached
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/healthz"})
    void reviewsNoProbes(String path) throws Exception {
        api.cluster.allowed = spec -> false;
        for (String token : new String[] {"good", "bad"}) {
            HttpResponse<String> response = api.send(api.http, "GET", path, TestApi.BEARER + token);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("ok\n");
        }
        assertThat(api.cluster.accessReviews).isEmpty();
    }
}
