package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong between the informer and the API server loses no deletion. */
@Timeout(180)
class PodWatchRecoveryTest {

    private final FakePodApi api;
    private final KubernetesClient client;
    private final LogLines log = new LogLines();
    private final MetricStore store =
            new MetricStore(
                    new ScrapeRules(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ZERO),
                    new TestClock());
    private final PodWatch watch;

    PodWatchRecoveryTest() throws IOException {
        api = new FakePodApi();
        client =
                new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder().withMasterUrl(api.url()).build())
                        .build();
        watch = new PodWatch(client, store, log.log());
    }

    @AfterEach
    void end() {
        watch.close();
        client.close();
        api.close();
    }

    private void awaitPods(String... names) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!names().equals(List.of(names))) {
            assertThat(System.nanoTime() - endNs).as("found %s", names()).isNegative();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private List<String> names() {
        return store.pods(null, LabelSelector.EVERYTHING).stream().map(PodReading::name).toList();
    }

    @Test
    void readsAllPages() throws Exception {
        api.pods("a", "b", "c", "d", "e");

        watch.start();

        awaitPods("a", "b", "c", "d", "e");
        log.await(1, "watches 5 pods with nitro.k8s.anjuna.io/managed=yes");
        assertThat(store.health().isSynced()).isTrue();
    }

    @Test
    void noticesWhatWentAwayWhileItsWatchHadExpired() throws Exception {
        api.pods("a", "b", "c");
        watch.start();
        awaitPods("a", "b", "c");

        api.pods("c", "d");
        api.expireWatch();

        awaitPods("c", "d");
    }

    @Test
    void goesOnAfterABookmark() throws Exception {
        api.pods("a");
        watch.start();
        awaitPods("a");

        api.send(FakePodApi.bookmark());
        api.send(FakePodApi.added("b"));

        awaitPods("a", "b");
        assertThat(log.lines().stream().filter(line -> line.startsWith("WARN"))).isEmpty();
    }

    @Test
    void triesUntilItMayListAndTellsOfItOnce() throws Exception {
        api.pods("a");
        api.status(403);
        watch.start();
        log.await(1, "WARN");
        assertThat(store.health().isSynced()).isFalse();

        api.status(200);

        awaitPods("a");
        assertThat(log.lines().stream().filter(line -> line.startsWith("WARN"))).hasSize(1);
    }
}
