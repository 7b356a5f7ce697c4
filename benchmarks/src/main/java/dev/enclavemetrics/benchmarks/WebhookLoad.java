package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Sends reviews of HPAs and Pods alternately to the webhook, at a fixed rate over one HTTP/2
 * connection, as an API server does. Each is timed from when it was due, so a pause counts for all
 * that had to wait.
 */
public final class WebhookLoad {

    private static final int WARM_UP_S = 10;
    private static final int MEASURED_S = 30;
    private static final long NS_PER_S = 1_000_000_000;
    private static final double NS_PER_MS = 1e6;
    private static final int OK = 200;
    private static final long START_TIMEOUT_S = 60;
    private static final int MAX_STREAMS = 90;

    private static final String REVIEW =
            """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "5f6bb6d6-2c4e-4b02-8cf0-9e8a7a1f3c11", "operation": "CREATE",
              "namespace": "shop", "resource": %s, "object": %s, "oldObject": null}}
            """;
    private static final String METRIC =
            """
            {"type": "Resource", "resource": {"name": "%s",
             "target": {"type": "Utilization", "averageUtilization": %d}}}
            """;
    static final String HPA =
            REVIEW.formatted(
                    """
                    {"group": "autoscaling", "version": "v2",
                     "resource": "horizontalpodautoscalers"}
                    """,
                    """
                    {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
                     "metadata": {"name": "nginx", "namespace": "shop",
                      "labels": {"nitro.k8s.anjuna.io/managed": "yes"}},
                     "spec": {"minReplicas": 1, "maxReplicas": 5, "metrics": [
                    """
                            + METRIC.formatted("cpu", 75)
                            + ","
                            + METRIC.formatted("memory", 50)
                            + "]}}");
    static final String POD =
            REVIEW.formatted(
                    """
                    {"group": "", "version": "v1", "resource": "pods"}
                    """,
                    """
                    {"apiVersion": "v1", "kind": "Pod",
                     "metadata": {"generateName": "nginx-7f6c5-", "namespace": "shop",
                      "labels": {"nitro.k8s.anjuna.io/managed": "yes"}},
                     "spec": {"containers": [{"name": "nginx", "image": "nginx",
                      "ports": [{"containerPort": 80}]}]}}
                    """);

    private final HttpClient client;
    private final String base;

    /**
     * The server allows 100 streams per connection. A request without a free one waits, as in Go.
     */
    private final Semaphore streams = new Semaphore(MAX_STREAMS);

    private final AtomicInteger failures = new AtomicInteger();

    private WebhookLoad(String base, Path certificate)
            throws IOException, GeneralSecurityException {
        this.base = base;
        client =
                HttpClient.newBuilder()
                        .sslContext(trusting(certificate))
                        .version(HttpClient.Version.HTTP_2)
                        .build();
    }

    /** Arguments: the served certificate, the port, reviews per second, the command. */
    public static void main(String[] arguments)
            throws IOException, GeneralSecurityException, InterruptedException {
        int perSecond = Integer.parseInt(arguments[2]);
        long startNs = System.nanoTime();
        try (ServerProcess webhook =
                new ServerProcess(List.of(arguments).subList(3, arguments.length))) {
            WebhookLoad load =
                    new WebhookLoad("https://127.0.0.1:" + arguments[1], Path.of(arguments[0]));
            load.awaitReady(webhook);
            print("start_s", (System.nanoTime() - startNs) / (double) NS_PER_S);
            print("first_ms", load.run(1, 1).percentileNs(100) / NS_PER_MS);
            load.run(perSecond, WARM_UP_S * perSecond);
            Duration cpuBefore = webhook.cpu();
            Latencies latencies = load.run(perSecond, MEASURED_S * perSecond);
            Duration cpu = webhook.cpu().minus(cpuBefore);
            print("reviews", latencies.count());
            print("failures", load.failures.get());
            print("p50_ms", latencies.percentileNs(50) / NS_PER_MS);
            print("p99_ms", latencies.percentileNs(99) / NS_PER_MS);
            print("most_ms", latencies.percentileNs(100) / NS_PER_MS);
            print("cpu_cores", cpu.toNanos() / (double) (MEASURED_S * NS_PER_S));
            print("rss_mib", webhook.mib("VmRSS"));
            print("most_rss_mib", webhook.mib("VmHWM"));
        }
    }

    private static void print(String name, double value) {
        System.out.println(name + "\t" + value);
    }

    private void awaitReady(ServerProcess webhook) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + START_TIMEOUT_S * NS_PER_S;
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/readyz")).build();
        while (System.nanoTime() < endNs) {
            webhook.mustLive();
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == OK) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("the webhook must be ready within " + START_TIMEOUT_S + " s");
    }

    private Latencies run(int perSecond, int count) throws InterruptedException {
        Latencies latencies = new Latencies();
        List<CompletableFuture<?>> open = new ArrayList<>();
        long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long dueNs = startNs + i * NS_PER_S / perSecond;
            TimeUnit.NANOSECONDS.sleep(dueNs - System.nanoTime());
            streams.acquire();
            open.add(
                    review(i % 2 == 0, dueNs, latencies)
                            .whenComplete((done, failure) -> streams.release()));
        }
        open.forEach(CompletableFuture::join);
        return latencies;
    }

    private CompletableFuture<?> review(boolean hpa, long dueNs, Latencies latencies) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + (hpa ? "/mutate/hpas" : "/mutate/pods")))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(hpa ? HPA : POD))
                        .build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenAccept(
                        answer -> {
                            latencies.add(System.nanoTime() - dueNs);
                            failures.addAndGet(isPatch(answer) ? 0 : 1);
                        })
                .exceptionally(
                        failure -> {
                            System.err.println("a review failed: " + failure);
                            failures.incrementAndGet();
                            return null;
                        });
    }

    static boolean isPatch(HttpResponse<String> answer) {
        boolean patch = answer.statusCode() == OK && answer.body().contains("\"JSONPatch\"");
        if (!patch) {
            System.err.println("no patch: " + answer.statusCode() + " " + answer.body());
        }
        return patch;
    }

    private static SSLContext trusting(Path certificate)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "webhook", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
