package dev.enclavemetrics.metricsserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.selector.LabelSelector;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.KnownPods;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures between informer and API server: no deletion may be lost. */
@Timeout(180)
class PodWatchRecoveryTest {

    private final FakePodApi api;
    private final KubernetesClient client;
    private final LogLines log = new LogLines();
    private final ScrapeConfig config =
            new ScrapeConfig(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ZERO);
    private final MetricStore store = new MetricStore(config, new TestClock(), new KnownPods());
    private final Health health = new Health(config, new TestClock());
    private final PodWatch watch;
    private final InformerEvents<PodResource> events = new InformerEvents<>();

    PodWatchRecoveryTest() throws IOException {
        api = new FakePodApi();
        client =
                new KubernetesClientBuilder()
                        .withConfig(
                                new ConfigBuilder()
                                        .withMasterUrl(api.url())
                                        .withWatchReconnectInterval(10)
                                        .build())
                        .build();
        watch = new PodWatch(client, store, health, log.log());
        watch.informer().addEventHandler(events);
    }

    @AfterEach
    void end() {
        watch.close();
        client.close();
        api.close();
    }

    private void awaitPods(String... names) throws InterruptedException {
        events.await(() -> names().equals(List.of(names)));
    }

    private List<String> names() {
        return store.pods(null, LabelSelector.EVERYTHING).stream()
                .map(view -> view.pod().name())
                .toList();
    }

    @Test
    void readsAllPages() throws Exception {
        api.pods("a", "b", "c", "d", "e");

        watch.start();

        awaitPods("a", "b", "c", "d", "e");
        events.await(health::isSynced);
        log.await(1, "watches 5 pods with nitro.k8s.anjuna.io/managed=yes");
    }

    @Test
    void noticesDeletionsWhileItsWatchHadExpired() throws Exception {
        api.pods("a", "b", "c");
        watch.start();
        awaitPods("a", "b", "c");

        api.pods("c", "d");
        api.expireWatch();

        awaitPods("c", "d");
    }

    @Test
    void continuesAfterABookmark() throws Exception {
        api.pods("a");
        watch.start();
        awaitPods("a");

        api.send(FakePodApi.bookmark());
        api.send(FakePodApi.added("b"));

        awaitPods("a", "b");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void retriesUntilItMayListAndLogsItOnce() throws Exception {
        api.pods("a");
        api.forbidLists(true);
        watch.start();
        api.awaitRefusals(4);
        assertThat(health.isSynced()).isFalse();

        api.forbidLists(false);

        awaitPods("a");
        api.send(FakePodApi.bookmark());
        log.await(1, "INFO  the pods of all namespaces can be listed and watched again");
        assertThat(warnings())
                .containsExactly(
                        "WARN  the pods of all namespaces must be listed and watched, found: pods"
                                + " is forbidden: User \"system:serviceaccount:monitoring:server\""
                                + " cannot list resource \"pods\"; grant list and watch on pods to"
                                + " system:serviceaccount:monitoring:server; retrying");
    }

    @Test
    void logsOnceThatEachWatchIsRefused() throws Exception {
        api.pods("a");
        api.forbidWatches(true);
        watch.start();
        api.awaitRefusals(4);
        awaitPods("a");

        api.forbidWatches(false);
        api.send(FakePodApi.bookmark());
        log.await(1, "INFO  the pods of all namespaces can be listed and watched again");
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("found: Forbidden; grant list and watch on pods to the account of");

        api.forbidWatches(true);
        api.expireWatch();
        log.await(2, "found: Forbidden");

        api.forbidWatches(false);
        api.send(FakePodApi.bookmark());
        log.await(2, "can be listed and watched again");
        assertThat(warnings()).hasSize(2);
    }

    private List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }
}
