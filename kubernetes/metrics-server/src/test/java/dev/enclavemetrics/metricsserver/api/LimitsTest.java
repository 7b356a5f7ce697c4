package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.testing.TestClock;
import dev.enclavemetrics.testing.UnfinishedRequests;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile requests, and limits that apply to all requests. */
@Timeout(120)
class LimitsTest {

    private static final String PODS =
            TestApi.ROOT + "v1beta2/namespaces/shop/pods/*/nitro_enclave_cpu_usage";

    @TempDir private static Path folder;
    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new TestApi(folder).ready();
        api.pod("shop", "api-1", Map.of(), new Point(1, 2, TestClock.START, 15));
    }

    @AfterAll
    static void end() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void refusesOtherMethods(String method) throws Exception {
        for (String path : new String[] {PODS, "/apis", "/livez"}) {
            HttpResponse<String> response =
                    api.send(api.http, method, path, TestApi.BEARER + "good");
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.body()).contains("\"reason\":\"MethodNotAllowed\"");
        }
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpResponse<String> get = api.get(PODS);
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpClient client =
                    HttpClient.newBuilder()
                            .version(version)
                            .sslContext(TestPki.context(null))
                            .build();
            HttpResponse<String> head = api.send(client, "HEAD", PODS, TestApi.BEARER + "good");
            assertThat(head.version()).isEqualTo(version);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValueAsLong("Content-Length"))
                    .hasValue(get.body().length());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.kubernetes.protobuf, */* | 200",
                "application/vnd.kubernetes.protobuf,application/json | 200",
                "application/json | 200",
                "application/* | 200",
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json | 200",
                "application/json;as=Table;v=v1;g=meta.k8s.io | 406",
                "application/yaml | 406",
                "application/vnd.kubernetes.protobuf | 406",
                "application/json;q=0 | 406",
                "nonsense | 406"
            })
    void answersClientsThatAcceptJson(String accept, int code) throws Exception {
        for (String path : new String[] {PODS, "/apis"}) {
            HttpResponse<String> response = api.get(path, "Accept: " + accept);
            assertThat(response.statusCode()).isEqualTo(code);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        }
    }

    @Test
    void refusesWatches() throws Exception {
        for (String flag : new String[] {"watch=true", "watch=1", "watch=", "watch", "watch=yes"}) {
            assertThat(api.get(PODS + "?" + flag).statusCode()).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch=false", "watch=False", "watch=0", "watch=false&limit=500"})
    void answersClientsThatSetWatchToFalse(String query) throws Exception {
        assertThat(ApiAnswers.names(api.get(PODS + "?" + query))).containsExactly("api-1");
    }

    @Test
    void endsTheStreamsOfRequestsThatNeverEnd() throws Exception {
        try (UnfinishedRequests attack = new UnfinishedRequests(api.server.port())) {
            for (int i = 0; i < 10; i++) {
                attack.http2(100, 30_000);
            }
            assertThat(api.get(PODS).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/%2e%2e/metrics",
                "/apis//custom.metrics.k8s.io",
                "/a/b/c/d/e/f/g/h/i/j/k/l/m",
                "/apis/custom.metrics.k8s.io/v1beta2/namespaces/a%2Fb/pods/*/nitro_enclave_cpu_usage",
                "/apis/%00",
                "/apis/%C3%28"
            })
    void refusesMalformedPaths(String path) throws Exception {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"reason\":\"BadRequest\"");
    }

    @Test
    void boundsTheFirstLine() throws Exception {
        assertThat(RawTls.answer(api, "GET /livez?" + "a".repeat(20_000) + " HTTP/1.1"))
                .containsPattern("^HTTP/1.. 414")
                .contains("\"kind\":\"Status\"");
    }

    /**
     * Just above the limit: the server closes the connection, and a client that is still writing
     * does not get the response.
     */
    @Test
    void boundsTheHeaders() throws Exception {
        assertThat(RawTls.answer(api, "GET /livez HTTP/1.1", "A: " + "a".repeat(33_000)))
                .containsPattern("^HTTP/1.. 431")
                .contains("\"kind\":\"Status\"");
    }

    @Test
    void refusesOtherProtocols() throws Exception {
        assertThat(RawTls.answer(api, "nonsense")).containsPattern("^HTTP/1.. 400");
    }

    @Test
    void refusesALongBody() throws Exception {
        assertThat(RawTls.answer(api, "GET /livez HTTP/1.1", "Content-Length: 9000"))
                .startsWith("HTTP/1.1 413");
        assertThat(RawTls.answer(api, "GET /livez HTTP/1.1", "Content-Length: 5000000000"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void endsAConnectionThatSendsABodyWithoutEnd() throws Exception {
        try (SSLSocket socket = RawTls.connect(api)) {
            socket.getOutputStream()
                    .write(
                            "GET /livez HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk =
                    ("400\r\n" + "a".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            boolean ended = false;
            for (int i = 0; i < 100_000 && !ended; i++) { // 100 MB if nothing stops it
                try {
                    socket.getOutputStream().write(chunk);
                } catch (IOException e) {
                    ended = true;
                }
            }
            assertThat(ended).isTrue();
        }
        assertThat(api.send(api.http, "GET", "/livez").statusCode()).isEqualTo(200);
    }
}
