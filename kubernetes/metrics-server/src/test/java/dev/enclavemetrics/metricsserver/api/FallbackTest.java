package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.fallback.FallbackAccount;
import dev.enclavemetrics.metricsserver.fallback.FallbackAddress;
import dev.enclavemetrics.metricsserver.fallback.ItemVersionsTest;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.testing.TestClock;
import io.netty.pkitesting.X509Bundle;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another metrics server as the fallback. */
@Timeout(120)
class FallbackTest {

    private static final String SHOP = TestApi.ROOT + "v1beta2/namespaces/shop/";

    @TempDir private Path folder;

    private final OtherServer other = new OtherServer();
    private final List<TestApi> running = new ArrayList<>();
    private final FallbackAccount account = new FallbackAccount("ours", "reader", "other");

    private TestApi start(boolean insecure, X509Bundle authority) throws Exception {
        Path caFile = folder.resolve("ca.pem");
        Files.writeString(caFile, authority.getCertificatePEM());
        TestApi api =
                new TestApi(
                                folder,
                                new FallbackAddress(
                                        "localhost",
                                        other.port(),
                                        insecure ? null : caFile,
                                        insecure,
                                        insecure ? null : account))
                        .ready();
        running.add(api);
        api.pod("shop", "api-1", Map.of(), new Point(1, 2, TestClock.START, 15));
        return api;
    }

    private static void awaitMerge(TestApi api) throws InterruptedException {
        api.log.await(2, "is asked for other metrics");
    }

    @AfterEach
    void end() {
        running.forEach(TestApi::close);
        other.close();
    }

    @Test
    void mergesItsResourcesAndOursWin() throws Exception {
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);

        for (String version : MetricPath.VERSIONS) {
            String list = api.get(TestApi.ROOT + version).body();
            assertThat(list)
                    .contains("pods/http_requests", "nodes/load")
                    .doesNotContain("Else", "cluster_wide", "nodes/odd", "broken", "a/b/c")
                    .containsOnlyOnce("pods/nitro_enclave_cpu_usage\"");
        }
        assertThat(
                        api.get(
                                        "/apis",
                                        "Accept: application/json;g=apidiscovery.k8s.io;v=v2;"
                                                + "as=APIGroupDiscoveryList")
                                .body())
                .contains("\"resource\":\"nodes\"", "\"scope\":\"Cluster\"", "http_requests");
    }

    @Test
    void forwardsOtherMetrics() throws Exception {
        TestApi api = start(true, TestPki.STRANGERS);
        awaitMerge(api);
        other.asked.clear();
        other.headers.clear();

        HttpResponse<String> response =
                api.get(
                        SHOP
                                + "pods/%2A/http_requests?labelSelector=app+in+(a,b)"
                                + "&other=1&metricLabelSelector=verb%3DGET",
                        "X-Remote-User: root");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(other.body);
        assertThat(other.asked).hasSize(1);
        assertThat(other.asked.get(0))
                .startsWith(SHOP + "pods/")
                .contains("/http_requests?labelSelector=app", "metricLabelSelector=verb%3DGET")
                .doesNotContain("other");
        assertThat(String.join("\n", other.headers)).doesNotContain("good", "root");
        assertThat(api.cluster.accessReviews.get(api.cluster.accessReviews.size() - 1).toString())
                .contains("\"subresource\":\"http_requests\"", "\"user\":\"hpa\"");
        assertThat(api.get(SHOP + "metrics/queue_length").statusCode()).isEqualTo(200);
        assertThat(api.get(TestApi.ROOT + "v1beta1/nodes/n1/load").statusCode()).isEqualTo(200);

        other.asked.clear();
        assertThat(api.get(SHOP + "pods/*/nitro_enclave_cpu_usage").body()).contains("api-1");
        assertThat(other.asked).isEmpty();
    }

    @Test
    void sendsATokenOfTheAccountForIt() throws Exception {
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);
        api.get(SHOP + "pods/*/http_requests");

        assertThat(other.headers)
                .filteredOn(FallbackTest::isCredential)
                .hasSizeGreaterThan(2)
                .containsOnly("Authorization=Bearer token-1-of-reader-for-other");
    }

    @Test
    void sendsNothingWhileItHasNoToken() throws Exception {
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);
        other.asked.clear();
        api.cluster.tokenCode = 403;
        api.advance(Duration.ofMinutes(10));

        HttpResponse<String> response = api.get(SHOP + "pods/*/http_requests");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body())
                .contains("must answer for this metric, found: no token of the service account");
        assertThat(other.asked).isEmpty();
        api.log.await(1, "grant that user create of serviceaccounts/token");
    }

    @Test
    void sendsNoTokenToAServerThatItDoesNotVerify() throws Exception {
        TestApi api = start(true, TestPki.STRANGERS);
        awaitMerge(api);
        api.get(SHOP + "pods/*/http_requests");

        assertThat(other.headers).noneMatch(FallbackTest::isCredential);
        assertThat(api.cluster.tokenRequests).isEmpty();
    }

    private static boolean isCredential(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith("authorization=");
    }

    @Test
    void translatesForAServerThatHasOnlyTheOlderVersion() throws Exception {
        other.versions = List.of(MetricPath.V1BETA1);
        other.body = ItemVersionsTest.OLDER;
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);
        api.log.await(1, "of v1beta2 in v1beta1, the version that it serves");
        other.asked.clear();

        assertThat(api.get(TestApi.ROOT + "v1beta2").body()).contains("pods/http_requests");
        HttpResponse<String> newer = api.get(SHOP + "pods/*/http_requests?labelSelector=a%3Db");
        assertThat(newer.statusCode()).isEqualTo(200);
        assertThat(newer.body()).isEqualTo(ItemVersionsTest.NEWER);
        assertThat(other.asked.get(0))
                .startsWith(TestApi.ROOT + "v1beta1/namespaces/shop/pods/")
                .endsWith("?labelSelector=a%3Db");
        assertThat(api.get(TestApi.ROOT + "v1beta1/namespaces/shop/pods/*/http_requests").body())
                .isEqualTo(ItemVersionsTest.OLDER);

        other.body = "no list";
        HttpResponse<String> broken = api.get(SHOP + "pods/*/http_requests");
        assertThat(broken.statusCode()).isEqualTo(503);
        assertThat(broken.body()).contains("cannot be translated to v1beta2");
    }

    @Test
    void countsAServerThatHasNoVersionOfTheGroupAsAFailure() throws Exception {
        other.versions = List.of();
        TestApi api = start(false, TestPki.SERVERS);

        api.log.await(1, "must list its metrics of v1beta2, found: code 404");
        api.log.await(1, "must list its metrics of v1beta1, found: code 404");

        assertThat(api.log.lines()).noneMatch(line -> line.contains("is asked for other metrics"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"Status\",\"resources\":[]}",
                "{\"kind\":\"APIResourceList\"}",
                "{\"kind\":\"APIResourceList\",\"resources\":{}}"
            })
    void takesNothingElseForAnEmptyList(String list) throws Exception {
        other.list = list;
        TestApi api = start(false, TestPki.SERVERS);

        api.log.await(1, "must list its metrics of v1beta2, found: no APIResourceList");

        assertThat(api.log.lines()).noneMatch(line -> line.contains("is asked for other metrics"));
    }

    @Test
    void takesTheNullThatGoWritesForAnEmptyList() throws Exception {
        other.list = "{\"kind\":\"APIResourceList\",\"resources\":null}";

        awaitMerge(start(false, TestPki.SERVERS));
    }

    @Test
    void forwardsNoRequestTwice() throws Exception {
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);
        assertThat(other.headers).contains("Via=1.1 enclave-metrics-server");
        String hop = "Via: 1.1 somebody, 1.1 enclave-metrics-server, 2 else";
        other.asked.clear();

        HttpResponse<String> refused = api.get(SHOP + "pods/*/http_requests", hop);

        ApiAnswers.refused(refused, 508, "LoopDetected", "--fallback-service");
        assertThat(other.asked).isEmpty();
        assertThat(api.get(TestApi.ROOT + "v1beta2", hop).body())
                .contains("pods/nitro_enclave_cpu_usage")
                .doesNotContain("http_requests");
        assertThat(api.get(SHOP + "pods/*/nitro_enclave_cpu_usage", hop).body()).contains("api-1");
        assertThat(api.get(SHOP + "pods/*/http_requests", "Via: 1.1 envoy").statusCode())
                .isEqualTo(200);
    }

    @Test
    void forwardsNothingForUnauthorizedUsers() throws Exception {
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);
        other.asked.clear();
        api.cluster.allowed = spec -> false;

        assertThat(api.get(SHOP + "pods/*/http_requests").statusCode()).isEqualTo(403);
        assertThat(other.asked).isEmpty();
    }

    @Test
    void relaysRefusalsButNotThoseOfOurAccount() throws Exception {
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);
        other.code = 404;
        other.body = "{\"kind\":\"Status\",\"message\":\"theirs\"}";
        assertThat(api.get(SHOP + "pods/*/http_requests").statusCode()).isEqualTo(404);
        assertThat(api.get(SHOP + "pods/*/http_requests").body()).isEqualTo(other.body);
        for (int theirs : new int[] {401, 403, 302}) {
            other.code = theirs;
            HttpResponse<String> response = api.get(SHOP + "pods/*/http_requests");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("other metrics server", String.valueOf(theirs));
            if (theirs != 302) {
                assertThat(response.body())
                        .contains("for the service account ours/reader, which needs get");
            }
        }
    }

    @Test
    void isUnavailableForItsMetricsOnlyWhileItIsDown() throws Exception {
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);
        other.close();
        api.advance(Duration.ofSeconds(1));

        HttpResponse<String> response = api.get(SHOP + "pods/*/http_requests");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).contains("\"kind\":\"Status\"", "other metrics server");
        assertThat(api.get(SHOP + "pods/*/nitro_enclave_cpu_usage").body()).contains("api-1");
        assertThat(api.get(TestApi.ROOT + "v1beta2").body()).contains("pods/http_requests");
    }

    @Test
    void asksNoServerWithAnUntrustedCertificate() throws Exception {
        TestApi api = start(false, TestPki.STRANGERS);

        assertThat(api.get(SHOP + "pods/*/http_requests").statusCode()).isEqualTo(503);
        assertThat(other.asked).isEmpty();
    }

    @Test
    void boundsTheAnswer() throws Exception {
        TestApi api = start(false, TestPki.SERVERS);
        awaitMerge(api);
        other.body = "x".repeat(9 * 1024 * 1024);

        assertThat(api.get(SHOP + "pods/*/http_requests").statusCode()).isEqualTo(503);
    }
}
