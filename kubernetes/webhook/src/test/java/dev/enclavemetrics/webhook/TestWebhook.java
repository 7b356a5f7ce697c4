package dev.enclavemetrics.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.serving.http.HttpsServer;
import dev.enclavemetrics.serving.tls.TlsSource;
import dev.enclavemetrics.serving.tls.TlsVersion;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.webhook.admission.Json;
import dev.enclavemetrics.webhook.admission.TestObjects;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The webhook over real TLS on the loopback address. */
final class TestWebhook implements Closeable {

    static final String HPAS = "/mutate/hpas";
    static final String PODS = "/mutate/pods";

    private static final String JSON = "application/json";
    private static final int PATIENCE_MS = 60_000;

    private final X509Bundle authority;
    private final Path folder;
    final LogLines log = new LogLines();
    final Webhook webhook;
    final HttpClient http;

    TestWebhook(Path folder) throws Exception {
        this(folder, 100);
    }

    TestWebhook(Path folder, int connections) throws Exception {
        this.folder = folder;
        authority =
                new CertificateBuilder()
                        .subject("CN=authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        exchange("first");
        WebhookConfig like = config();
        webhook =
                new Webhook(
                        new WebhookConfig(
                                like.onUntranslatable(),
                                like.sidecar(),
                                new ServingConfig(
                                        null,
                                        new HttpsServer.Options(
                                                new InetSocketAddress(
                                                        InetAddress.getLoopbackAddress(), 0),
                                                connections,
                                                1 << 20,
                                                false,
                                                TlsVersion.V1_2),
                                        new TlsSource.Files(
                                                folder.resolve("tls.crt"),
                                                folder.resolve("tls.key")),
                                        null)),
                        Clock.SYSTEM,
                        log.log());
        http = client();
    }

    private static WebhookConfig config() {
        Map<Setting, String> settings =
                Map.of(
                        Setting.SIDECAR_IMAGE, "registry.example/launcher:1",
                        Setting.TLS_SECRET, "s",
                        Setting.TLS_NAMES, "localhost",
                        Setting.NAMESPACE, "n");
        return WebhookConfig.from(
                new Arguments<>(settings, List.of(), false, false), Map.of(), new LogLines().log());
    }

    /** Replaces the certificate and key. */
    void exchange(String name) throws Exception {
        X509Bundle pair =
                new CertificateBuilder()
                        .subject("CN=" + name)
                        .addSanIpAddress("127.0.0.1")
                        .addExtendedKeyUsageServerAuth()
                        .buildIssuedBy(authority);
        replace("tls.key", pair.getPrivateKeyPEM());
        replace("tls.crt", pair.getCertificatePathPEM());
    }

    private void replace(String name, String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve("new"), text);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private SSLContext context() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager trust = Objects.requireNonNull(authority.toTrustManager());
        context.init(null, new TrustManager[] {trust}, null);
        return context;
    }

    HttpClient client() throws Exception {
        return HttpClient.newBuilder().sslContext(context()).build();
    }

    SSLSocket socket() throws Exception {
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket("127.0.0.1", webhook.port());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    HttpResponse<String> post(String path, byte[] body) throws Exception {
        return send(http, "POST", path, BodyPublishers.ofByteArray(body));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(http, "GET", path, BodyPublishers.noBody());
    }

    /** Polls the webhook's own metrics until they contain the line. */
    void awaitMetric(String line) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        String metrics = get("/metrics").body();
        while (!metrics.contains(line)) {
            if (System.nanoTime() - endNs > 0) {
                throw new AssertionError("no " + line + " in " + metrics);
            }
            metrics = get("/metrics").body();
        }
    }

    HttpResponse<String> send(HttpClient from, String method, String path, BodyPublisher body)
            throws Exception {
        return from.send(
                request(path).method(method, body).header("Content-Type", JSON).build(),
                BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + webhook.port() + path))
                .timeout(Duration.ofMillis(PATIENCE_MS));
    }

    /** Returns the response to a review. */
    JsonNode answer(byte[] review) throws Exception {
        HttpResponse<String> response = post(HPAS, review);
        if (response.statusCode() != 200) {
            throw new AssertionError(response + response.body());
        }
        return Json.MAPPER.readTree(response.body()).path("response");
    }

    /** Returns a review with a string of this many bytes in its object. */
    static byte[] reviewOf(int bytes) {
        ObjectNode hpa = TestObjects.yaml(TestObjects.REFERENCE);
        hpa.put("filling", "x".repeat(bytes));
        return hpaReview(hpa);
    }

    static byte[] hpaReview(JsonNode hpa) {
        return review("{group: autoscaling, version: v2, resource: horizontalpodautoscalers}", hpa);
    }

    static byte[] podReview(JsonNode pod) {
        return review("{group: '', version: v1, resource: pods}", pod);
    }

    private static byte[] review(String resource, JsonNode object) {
        ObjectNode review =
                TestObjects.yaml("{apiVersion: admission.k8s.io/v1, kind: AdmissionReview}");
        ObjectNode request = review.putObject("request").put("uid", "b1c2-uid");
        request.set("resource", TestObjects.yaml(resource));
        request.put("name", "nginx").put("namespace", "shop").put("operation", "CREATE");
        request.set("object", object);
        return review.toString().getBytes(UTF_8);
    }

    @Override
    public void close() {
        webhook.close();
    }
}
