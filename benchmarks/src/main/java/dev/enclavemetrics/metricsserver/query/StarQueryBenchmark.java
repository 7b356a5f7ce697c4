package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.PodListener;
import dev.enclavemetrics.metricsserver.store.PodProblems;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import dev.enclavemetrics.serving.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Stage 8: a query for {@code *}, from its path to the bytes of a response with 1,000 of 20,000
 * pods, with a selector as from an HPA. TLS is not included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StarQueryBenchmark {

    private static final int PODS = 20_000;
    private static final int GROUPS = 20;
    private static final ScrapeConfig CONFIG =
            new ScrapeConfig(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(30));

    /** A fixed time: no point expires. */
    private static final Clock CLOCK =
            new Clock() {
                private final Instant start = Instant.parse("2026-11-24T05:40:00.123Z");

                @Override
                public Instant instant() {
                    return start;
                }

                @Override
                public long nanoTime() {
                    return 0;
                }
            };

    /** Gives each added pod a point. */
    private static final PodListener SCRAPED =
            new PodListener() {
                @Override
                public void added(ScrapedPod pod) {
                    int milli = Math.floorMod(pod.pod().uid().hashCode(), 1_000);
                    Instant sampledAt = CLOCK.instant().minusMillis(15L * milli);
                    pod.succeeded(pod.pod(), new Point(milli, milli, sampledAt, 15), 0);
                }

                @Override
                public void removed(ScrapedPod pod) {}
            };

    private final Health health = new Health(CONFIG, CLOCK);
    private final MetricStore store = new MetricStore(CONFIG, CLOCK, SCRAPED);
    private final PodQueries queries = new PodQueries(store, health);

    /** Twenty namespaces of 1,000 pods each, and one with as many as those together. */
    @Setup
    public void pods() {
        for (int pod = 0; pod < PODS; pod++) {
            String app = "app-" + pod % GROUPS;
            put("namespace-" + pod % GROUPS, app, pod);
            put("large", app, pod);
        }
        health.synced();
        health.cycled();
    }

    private void put(String namespace, String app, int pod) {
        String name = app + "-6f7c9d8b54-" + pod;
        store.put(
                new WatchedPod(
                        "5b7c2f1e-4a0d-4c1b-9d3e-" + namespace + pod,
                        namespace,
                        name,
                        Map.of(
                                "app",
                                app,
                                "pod-template-hash",
                                "6f7c9d8b54",
                                ManagedLabel.KEY,
                                ManagedLabel.VALUE),
                        new MetricsPort(MetricsPort.DEFAULT, ""),
                        true,
                        "10.0.0.1",
                        "Running",
                        Instant.EPOCH,
                        true,
                        Instant.EPOCH,
                        PodProblems.NONE,
                        false));
    }

    /** All pods of a namespace. */
    @Benchmark
    public Answer namespace() {
        return answer("namespace-7");
    }

    /** One in twenty of a namespace of 20,000. */
    @Benchmark
    public Answer selected() {
        return answer("large");
    }

    private Answer answer(String namespace) {
        ApiTarget target =
                ApiTarget.parse(
                        "/apis/custom.metrics.k8s.io/v1beta2/namespaces/"
                                + namespace
                                + "/pods/*/nitro_enclave_cpu_usage?labelSelector=app%3Dapp-7");
        return queries.all(Objects.requireNonNull(MetricPath.of(target.segments())), target);
    }
}
