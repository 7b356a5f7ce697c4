package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.fallback.FallbackAddress;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.KnownPods;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.Pods;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import dev.enclavemetrics.serving.http.EventLoops;
import dev.enclavemetrics.serving.tls.Certificates;
import dev.enclavemetrics.serving.tls.TlsSource;
import dev.enclavemetrics.serving.tls.TlsVersion;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.netty.pkitesting.X509Bundle;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API over real TLS on the loopback address, with a fake cluster. */
final class TestApi implements Closeable {

    static final String ROOT = "/apis/custom.metrics.k8s.io/";
    static final String BEARER = "Authorization: Bearer ";
    static final ScrapeConfig CONFIG =
            new ScrapeConfig(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(30));

    final TestClock clock = new TestClock();
    final LogLines log = new LogLines();
    final Vertx vertx = EventLoops.start(new LogLines().log());
    final FakeCluster cluster = new FakeCluster(vertx);
    final Health health = new Health(CONFIG, clock);
    private final KnownPods known = new KnownPods();
    final MetricStore store = new MetricStore(CONFIG, clock, known);
    final CustomMetricsApi server;

    /** A client without a certificate. */
    final HttpClient http = client(null);

    TestApi(Path folder) throws Exception {
        this(folder, null);
    }

    TestApi(Path folder, @Nullable FallbackAddress fallback) throws Exception {
        cluster.trust(TestPki.CLIENTS.getCertificatePEM(), TestPki.PROXIES.getCertificatePEM());
        cluster.tokens.put("good", List.of("hpa", "controllers"));
        TlsSource tls = TestPki.write(TestPki.server("CN=first"), folder);
        server =
                new CustomMetricsApi(
                        new CustomMetricsApi.Options(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                TlsVersion.V1_2,
                                fallback,
                                "development"),
                        new CustomMetricsApi.Dependencies(
                                store,
                                health,
                                vertx,
                                cluster.client,
                                Certificates.of(vertx, tls, clock, log.log()),
                                new PrometheusRegistry(),
                                clock,
                                log.log()));
        server.start();
        log.await(1, "front proxy CA loaded");
        while (send(http, "GET", "/readyz").body().contains("has not been read yet")) {
            Thread.onSpinWait(); // that is noted after the line was logged
        }
    }

    static HttpClient client(@Nullable X509Bundle certificate) {
        return HttpClient.newBuilder().sslContext(TestPki.context(certificate)).build();
    }

    /** Makes the API ready: all pods are known, and each was scraped. */
    TestApi ready() {
        health.synced();
        health.cycled();
        return this;
    }

    /** Advances the clock, with a tick of the scraper at the end. */
    void advance(Duration time) {
        clock.advance(time);
        health.ticked(clock.nanoTime());
        health.watched();
    }

    /** Adds a pod with a live point; without a point if it is null. */
    void pod(String namespace, String name, Map<String, String> labels, @Nullable Point point) {
        WatchedPod like = Pods.pod(namespace, name).pod();
        WatchedPod pod =
                new WatchedPod(
                        like.uid(),
                        namespace,
                        name,
                        labels,
                        like.port(),
                        like.hasLauncher(),
                        like.ip(),
                        like.phase(),
                        like.startTime(),
                        like.ready(),
                        like.readyChangedAt(),
                        like.problems(),
                        false);
        store.put(pod);
        if (point != null) {
            known.all()
                    .filter(p -> p.pod().uid().equals(pod.uid()))
                    .forEach(p -> p.succeeded(pod, point, clock.nanoTime()));
        }
    }

    String url(String path) {
        return "https://127.0.0.1:" + server.port() + path;
    }

    /**
     * Sends a GET with a valid token.
     *
     * @param headers headers as NAME: VALUE
     */
    HttpResponse<String> get(String path, String... headers) throws Exception {
        String[] more = Arrays.copyOf(headers, headers.length + 1);
        more[headers.length] = BEARER + "good";
        return send(http, "GET", path, more);
    }

    HttpResponse<String> send(HttpClient from, String method, String path, String... headers)
            throws IOException, InterruptedException {
        return from.send(request(method, path, headers), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest request(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(path)))
                        .timeout(Duration.ofSeconds(60))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        for (String header : headers) {
            int colon = header.indexOf(':');
            request.header(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return request.build();
    }

    @Override
    public void close() {
        server.close();
        cluster.close();
        vertx.close().await();
    }
}
