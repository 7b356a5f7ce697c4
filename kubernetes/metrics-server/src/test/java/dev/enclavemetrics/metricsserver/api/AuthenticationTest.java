package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import io.netty.pkitesting.X509Bundle;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which user is reviewed for which credentials. */
@Timeout(120)
class AuthenticationTest {

    private static final String AS_JANE = "X-Remote-User: jane";

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
        api.cluster.accessReviews.clear();
        api.cluster.tokenReviews.clear();
        api.advance(Duration.ofSeconds(11)); // cached reviews expire
    }

    private HttpResponse<String> ask(@Nullable X509Bundle certificate, String... headers)
            throws Exception {
        return api.send(TestApi.client(certificate), "GET", "/apis", headers);
    }

    /** Returns the user of the access review, as JSON. */
    private static String reviewed(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(api.cluster.accessReviews).hasSize(1);
        JsonNode spec = api.cluster.accessReviews.get(0);
        return spec.path("user").asString()
                + spec.path("uid").asString()
                + " "
                + spec.path("groups")
                + " "
                + spec.path("extra");
    }

    private static void unauthorized(HttpResponse<String> response, String message) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .contains("\"kind\":\"Status\"", "\"reason\":\"Unauthorized\"", message);
        assertThat(api.cluster.accessReviews).isEmpty();
    }

    @Test
    void readsTheUserFromTheFrontProxysHeaders() throws Exception {
        X509Bundle proxy = TestPki.client("CN=front-proxy-client", TestPki.PROXIES);

        HttpResponse<String> response =
                ask(
                        proxy,
                        AS_JANE,
                        "X-Remote-Uid: 7",
                        "X-Remote-Group: a",
                        "X-Remote-Group: b",
                        "X-Remote-Extra-Acme.org%2fTeam: red");

        assertThat(reviewed(response))
                .isEqualTo(
                        "jane7 [\"a\",\"b\",\"system:authenticated\"]"
                                + " {\"acme.org/team\":[\"red\"]}");
    }

    @Test
    void addsTheAuthenticatedGroupForAnAggregatorWithoutGroups() throws Exception {
        X509Bundle proxy = TestPki.client("CN=front-proxy-client", TestPki.PROXIES);
        assertThat(reviewed(ask(proxy, "X-Remote-User: system:kube-aggregator")))
                .isEqualTo("system:kube-aggregator [\"system:authenticated\"] {}");
    }

    @Test
    void leavesAnonymousUsersOfTheFrontProxyAnonymous() throws Exception {
        X509Bundle proxy = TestPki.client("CN=front-proxy-client", TestPki.PROXIES);
        assertThat(
                        reviewed(
                                ask(
                                        proxy,
                                        "X-Remote-User: system:anonymous",
                                        "X-Remote-Group: system:unauthenticated")))
                .isEqualTo("system:anonymous [\"system:unauthenticated\"] {}");
    }

    @Test
    void ignoresTheHeadersOfThoseWithoutACertificate() throws Exception {
        HttpResponse<String> response =
                ask(null, AS_JANE, "X-Remote-Group: system:masters", "X-Remote-Extra-a: b");
        assertThat(reviewed(response))
                .isEqualTo("system:anonymous [\"system:unauthenticated\"] {}");
    }

    @Test
    void ignoresTheHeadersOfAnotherName() throws Exception {
        unauthorized(
                ask(TestPki.client("CN=somebody", TestPki.PROXIES), AS_JANE), "client certificate");
    }

    @Test
    void ignoresTheHeadersOfAnotherAuthority() throws Exception {
        unauthorized(
                ask(TestPki.client("CN=front-proxy-client", TestPki.STRANGERS), AS_JANE),
                "client certificate");
        assertThat(reviewed(ask(TestPki.client("CN=front-proxy-client", TestPki.CLIENTS), AS_JANE)))
                .startsWith("front-proxy-client ");
    }

    @Test
    void ignoresTheHeadersOfACertificateForServers() throws Exception {
        X509Bundle server =
                TestPki.built(
                        TestPki.subject("CN=front-proxy-client").addExtendedKeyUsageServerAuth(),
                        TestPki.PROXIES);
        unauthorized(ask(server, AS_JANE), "client certificate");
    }

    @Test
    void ignoresACertificateThatHasEnded() throws Exception {
        X509Bundle old =
                TestPki.built(
                        TestPki.subject("CN=jane")
                                .addExtendedKeyUsageClientAuth()
                                .notAfter(TestClock.START.minusSeconds(1)),
                        TestPki.CLIENTS);
        unauthorized(ask(old), "client certificate");
    }

    @Test
    void readsTheUserFromAClientCertificate() throws Exception {
        X509Bundle jane = TestPki.client("O=dev,O=ops,CN=jane", TestPki.CLIENTS);
        assertThat(reviewed(ask(jane, "X-Remote-User: root")))
                .startsWith("jane [")
                .contains("\"dev\"", "\"ops\"", "\"system:authenticated\"")
                .doesNotContain("root");
    }

    @Test
    void acceptsAnIntermediateAuthorityFromTheClient() throws Exception {
        X509Bundle between =
                TestPki.built(
                        TestPki.subject("CN=between").setIsCertificateAuthority(true),
                        TestPki.CLIENTS);
        assertThat(reviewed(ask(TestPki.client("CN=jane", between)))).startsWith("jane ");
    }

    @Test
    void reviewsNoRequestsOfMasters() throws Exception {
        X509Bundle admin = TestPki.client("O=system:masters,CN=admin", TestPki.CLIENTS);
        assertThat(ask(admin).statusCode()).isEqualTo(200);
        assertThat(api.cluster.accessReviews).isEmpty();
    }

    @Test
    void readsTheUserFromATokenAndCachesIt() throws Exception {
        String expected = "hpa [\"controllers\",\"system:authenticated\"] {\"pod\":[\"hpa-0\"]}";
        assertThat(reviewed(ask(null, TestApi.BEARER + "good"))).isEqualTo(expected);
        for (int i = 0; i < 5; i++) {
            assertThat(ask(null, "authorization: bearer good").statusCode()).isEqualTo(200);
        }
        assertThat(api.cluster.tokenReviews).containsExactly("good");

        forget();

        assertThat(reviewed(ask(null, TestApi.BEARER + "good"))).isEqualTo(expected);
        assertThat(api.cluster.tokenReviews).containsExactly("good");
    }

    @Test
    void acceptsATokenBesideAnUntrustedCertificate() throws Exception {
        X509Bundle stranger = TestPki.client("CN=jane", TestPki.STRANGERS);
        assertThat(reviewed(ask(stranger, TestApi.BEARER + "good"))).startsWith("hpa ");
    }

    @Test
    void refusesAWrongToken() throws Exception {
        unauthorized(ask(null, TestApi.BEARER + "bad"), "the token must be valid");
        unauthorized(ask(null, TestApi.BEARER + "bad"), "the token must be valid");
        assertThat(api.cluster.tokenReviews).containsExactly("bad");
    }

    @Test
    void isUnavailableWhileNobodyReviewsTokens() throws Exception {
        api.cluster.reviewCode = 403;
        try {
            HttpResponse<String> response = ask(null, TestApi.BEARER + "nobody's");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.body()).contains("403 not today", "system:auth-delegator");
        } finally {
            api.cluster.reviewCode = 201;
        }
    }

    @Test
    void followsTheConfigMap() throws Exception {
        X509Bundle jane = TestPki.client("CN=jane", TestPki.STRANGERS);
        unauthorized(ask(jane), "client certificate");

        api.cluster.trust(
                TestPki.STRANGERS.getCertificatePEM(), TestPki.PROXIES.getCertificatePEM());
        api.log.await(2, "front proxy CA loaded");
        assertThat(reviewed(ask(jane))).startsWith("jane ");

        api.cluster.trust("no certificate", TestPki.PROXIES.getCertificatePEM());
        api.log.await(1, "keeping the previous one: client-ca-file: certificates must be PEM");
        forget();
        assertThat(reviewed(ask(jane))).startsWith("jane ");

        api.cluster.distrust();
        api.log.await(1, "no client certificate is trusted");
        forget();
        unauthorized(ask(jane), "client certificate");

        api.cluster.trust(TestPki.CLIENTS.getCertificatePEM(), TestPki.PROXIES.getCertificatePEM());
        api.log.await(3, "front proxy CA loaded");
        unauthorized(ask(jane), "client certificate");
    }
}
