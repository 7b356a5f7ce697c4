package dev.enclavemetrics.benchmarks;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Queries all pods of a namespace at a fixed rate, even if earlier queries are unanswered. Each is
 * timed from when it was due, so a pause of the server counts for all queries that had to wait.
 */
final class QueryLoad {

    private static final long NS_PER_MINUTE = 60_000_000_000L;
    private static final int OK = 200;

    /**
     * One of this many responses is parsed, after the last query, so that parsing delays no query.
     */
    private static final int SAMPLE = 10;

    private record Answer(HttpResponse<byte[]> response, long arrivedNs) {}

    private final MetricsClient client;
    private final Latencies latencies = new Latencies();
    private final Queue<Answer> sampled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * @param client queries the memory usage, which is a {@link ValueClock}
     */
    QueryLoad(MetricsClient client) {
        this.client = client;
    }

    void run(int namespaces, int perMinute, int count) throws InterruptedException {
        List<CompletableFuture<?>> open = new ArrayList<>();
        long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long dueNs = startNs + i * NS_PER_MINUTE / perMinute;
            TimeUnit.NANOSECONDS.sleep(dueNs - System.nanoTime());
            open.add(ask(SimulatedPod.namespace(i % namespaces), dueNs, i % SAMPLE == 0));
        }
        open.forEach(CompletableFuture::join);
    }

    private CompletableFuture<?> ask(String namespace, long dueNs, boolean sample) {
        return client.askForAll(namespace)
                .thenAccept(
                        answer -> {
                            long nowNs = System.nanoTime();
                            latencies.add(nowNs - dueNs);
                            if (answer.statusCode() != OK) {
                                failures.incrementAndGet();
                            } else if (sample) {
                                sampled.add(new Answer(answer, nowNs));
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

    /** The age of each value on arrival, in the sampled responses. */
    Latencies ages() {
        Latencies ages = new Latencies();
        for (Answer answer : sampled) {
            for (int milli : MetricsClient.milli(answer.response()).values()) {
                ages.add(ValueClock.ageNs(milli, answer.arrivedNs()));
            }
        }
        return ages;
    }

    int failures() {
        return failures.get();
    }
}
