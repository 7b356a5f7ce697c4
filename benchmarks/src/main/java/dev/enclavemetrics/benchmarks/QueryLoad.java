package dev.enclavemetrics.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Queries all pods of a namespace at a fixed rate, even if earlier queries are unanswered. Each is
 * timed from when it was due, so a pause of the server counts for all queries that had to wait.
 */
final class QueryLoad {

    private static final long NS_PER_S = 1_000_000_000;
    private static final int OK = 200;

    private final MetricsClient client;
    private final Latencies latencies = new Latencies();
    private final AtomicInteger failures = new AtomicInteger();

    QueryLoad(MetricsClient client) {
        this.client = client;
    }

    void run(int namespaces, int perSecond, int count) throws InterruptedException {
        List<CompletableFuture<?>> open = new ArrayList<>();
        long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long dueNs = startNs + i * NS_PER_S / perSecond;
            TimeUnit.NANOSECONDS.sleep(dueNs - System.nanoTime());
            open.add(ask(SimulatedPod.namespace(i % namespaces), dueNs));
        }
        open.forEach(CompletableFuture::join);
    }

    private CompletableFuture<?> ask(String namespace, long dueNs) {
        return client.askForAll(namespace)
                .thenAccept(
                        answer -> {
                            latencies.add(System.nanoTime() - dueNs);
                            if (answer.statusCode() != OK) {
                                failures.incrementAndGet();
                            }
                        })
                .exceptionally(
                        failure -> {
                            System.err.println("a query failed: " + cause(failure));
                            failures.incrementAndGet();
                            return null;
                        });
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    Latencies latencies() {
        return latencies;
    }

    int failures() {
        return failures.get();
    }
}
