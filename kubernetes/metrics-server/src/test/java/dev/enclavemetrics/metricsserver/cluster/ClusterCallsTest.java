package dev.enclavemetrics.metricsserver.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ClusterCallsTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    ClusterCallsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] body = "{\"found\":true}".getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "/,''",
        "/k8s/clusters/c-1,/k8s/clusters/c-1",
        "/k8s/clusters/c-1/,/k8s/clusters/c-1"
    })
    void keepsThePathOfTheClustersUrl(String path, String prefix) throws Exception {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        try (KubernetesClient client =
                new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder().withMasterUrl(url).build())
                        .build()) {
            ClusterCalls calls = new ClusterCalls(client, Runnable::run);

            ClusterCalls.Reply reply =
                    calls.get("/apis/apps/v1/namespaces/shop/deployments/api")
                            .get(30, TimeUnit.SECONDS);
            calls.post("/apis/authentication.k8s.io/v1/tokenreviews", "{}".getBytes(UTF_8))
                    .get(30, TimeUnit.SECONDS);

            assertThat(reply.body().path("found").asBoolean()).isTrue();
            assertThat(asked)
                    .containsExactly(
                            "GET " + prefix + "/apis/apps/v1/namespaces/shop/deployments/api",
                            "POST " + prefix + "/apis/authentication.k8s.io/v1/tokenreviews");
        }
    }
}
