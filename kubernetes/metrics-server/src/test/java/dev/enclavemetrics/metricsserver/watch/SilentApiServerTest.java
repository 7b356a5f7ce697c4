package dev.enclavemetrics.metricsserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.KnownPods;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.serving.cluster.ClusterHttp;
import dev.enclavemetrics.serving.http.EventLoops;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections to the API server that stay open without data. */
@Timeout(180)
class SilentApiServerTest {

    private static final ScrapeConfig CONFIG =
            new ScrapeConfig(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ZERO);

    private final FakePodApi api = new FakePodApi();
    private final Vertx vertx = EventLoops.start(new LogLines().log());
    private final KubernetesClient client =
            new KubernetesClientBuilder()
                    .withConfig(
                            new ConfigBuilder()
                                    .withMasterUrl(api.url())
                                    .withWatchReconnectInterval(10)
                                    .withOnlyHttpWatches(true)
                                    .build())
                    .withHttpClientFactory(new ClusterHttp(vertx, Duration.ofSeconds(5)))
                    .build();
    private final LogLines log = new LogLines();
    private final TestClock clock = new TestClock();
    private final MetricStore store = new MetricStore(CONFIG, clock, new KnownPods());
    private final Health health = new Health(CONFIG, clock);
    private final PodWatch watch = new PodWatch(client, store, health, log.log());
    private final InformerEvents<PodResource> events = new InformerEvents<>();

    SilentApiServerTest() throws IOException {
        watch.informer().addEventHandler(events);
        api.pods("a");
    }

    @AfterEach
    void end() {
        watch.close();
        client.close();
        api.close();
        vertx.close().await();
    }

    @Test
    void replacesAWatchThatIsNeverAnswered() throws Exception {
        api.silenceWatches(true);
        watch.start();
        api.awaitUnanswered(2);
        events.await(health::isSynced);
        health.cycled();
        clock.advance(Duration.ofSeconds(181));
        health.ticked(clock.nanoTime());
        watch.reconcile();
        watch.reconcile();
        assertThat(health.readinessProblem()).contains("found no working watch");

        api.silenceWatches(false);
        api.send(FakePodApi.added("b"));
        events.await(() -> store.pod("shop", "b") != null);
        watch.reconcile();

        assertThat(health.readinessProblem()).isNull();
        assertThat(log.lines().subList(1, log.lines().size()))
                .containsExactly(
                        "WARN  the pods must be watched, found no working watch for 181 s; check"
                                + " the API server and the network to it; retrying",
                        "INFO  the pod watch has recovered");
    }

    @Test
    void replacesAWatchThatBecomesSilent() throws Exception {
        watch.start();
        api.send(FakePodApi.added("b"));
        events.await(() -> store.pod("shop", "b") != null);
        api.forgetWatches();

        api.send(FakePodApi.added("c")); // on the next watch

        events.await(() -> store.pod("shop", "c") != null);
        assertThat(store.size()).isEqualTo(3);
    }
}
