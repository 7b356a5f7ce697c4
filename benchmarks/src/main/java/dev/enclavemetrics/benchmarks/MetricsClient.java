package dev.enclavemetrics.benchmarks;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries one metric as an autoscaler does: over TLS, with keep-alive and a token. */
final class MetricsClient {

    private static final String BASE =
            "https://127.0.0.1:%d/apis/custom.metrics.k8s.io/v1beta2/namespaces/%s/pods/%s" + "/%s";
    private static final String ALL = "%2A";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final int port;
    private final String metric;
    private final HttpClient client;

    MetricsClient(int port, String metric) throws GeneralSecurityException {
        this.port = port;
        this.metric = metric;
        client =
                HttpClient.newBuilder()
                        .sslContext(trustingAll())
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    /** A context that trusts any certificate: the server's is self-signed. */
    static SSLContext trustingAll() throws GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return tls;
    }

    CompletableFuture<HttpResponse<byte[]>> askForAll(String namespace) {
        return client.sendAsync(request(namespace, ALL), BodyHandlers.ofByteArray());
    }

    /** The values of the pods in a namespace, by pod name, in thousandths. */
    Map<String, Integer> milliOfAll(String namespace) throws IOException, InterruptedException {
        return milli(client.send(request(namespace, ALL), BodyHandlers.ofByteArray()));
    }

    /** Whether the pod has a value now. */
    boolean has(SimulatedPod pod) throws IOException, InterruptedException {
        HttpRequest request = request(pod.namespace(), pod.name());
        return !milli(client.send(request, BodyHandlers.ofByteArray())).isEmpty();
    }

    private HttpRequest request(String namespace, String pod) {
        return HttpRequest.newBuilder(URI.create(BASE.formatted(port, namespace, pod, metric)))
                .header("Authorization", "Bearer " + ApiDocuments.TOKEN)
                .timeout(TIMEOUT)
                .build();
    }

    /** Returns the values by pod name, in thousandths; empty if the response is an error. */
    static Map<String, Integer> milli(HttpResponse<byte[]> answer) {
        Map<String, Integer> milli = new HashMap<>();
        if (answer.statusCode() == OK) {
            for (JsonNode item : JsonMapper.shared().readTree(answer.body()).path("items")) {
                String name = item.path("describedObject").path("name").asString();
                milli.put(name, milli(item.path("value").asString()));
            }
        }
        return milli;
    }

    private static int milli(String quantity) {
        return quantity.endsWith("m")
                ? Integer.parseInt(quantity.substring(0, quantity.length() - 1))
                : 1000 * Integer.parseInt(quantity);
    }
}
