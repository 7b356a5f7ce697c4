package dev.enclavemetrics.metricsserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.metricsserver.cluster.MockApiServer;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.KnownPods;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.PodProblems;
import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The informer with a mock API server. */
@Timeout(120)
class PodWatchTest {

    private static final ScrapeConfig CONFIG =
            new ScrapeConfig(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(30));

    private final MockApiServer server =
            new MockApiServer(new KubernetesCrudDispatcher(), builder -> {});
    private final KubernetesClient client = server.client;
    private final LogLines log = new LogLines();
    private final KnownPods known = new KnownPods();
    private final MetricStore store = new MetricStore(CONFIG, new TestClock(), known);
    private final Health health = new Health(CONFIG, new TestClock());
    private final PodWatch watch = new PodWatch(client, store, health, log.log());
    private final InformerEvents<PodResource> events = new InformerEvents<>();

    private void watch() throws Exception {
        watch.informer().addEventHandler(events);
        watch.start();
        events.await(health::isSynced);
        while (!watch.informer().isWatching()) {
            Thread.onSpinWait(); // the mock does not tell a watch which pods have gone before it
        }
    }

    @AfterEach
    void end() {
        watch.close();
        server.close();
    }

    private static Pod pod(String name, String managed) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .addToLabels(ManagedLabel.KEY, managed)
                .addToLabels("app", "shop")
                .addToAnnotations("anjuna.k8s.io/metricsPort", "9091")
                .addToAnnotations("another", "is not kept")
                .addNewManagedField()
                .withManager("kubelet")
                .endManagedField()
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .endContainer()
                .addNewInitContainer()
                .withName("launcher")
                .addNewPort()
                .withName("enclave-metrics")
                .withContainerPort(9091)
                .endPort()
                .endInitContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("127.0.0.9")
                .withStartTime("2026-11-24T05:00:00Z")
                .addNewCondition()
                .withType("Initialized")
                .withStatus("True")
                .withLastTransitionTime("2026-11-24T05:00:01Z")
                .endCondition()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime("2026-11-24T05:00:02Z")
                .endCondition()
                .endStatus()
                .build();
    }

    private void create(String name, String managed) {
        client.pods().resource(pod(name, managed)).create();
    }

    private WatchedPod watched(String name) {
        return known.all()
                .map(ScrapedPod::pod)
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void knowsExistingAndNewLabelledPods() throws Exception {
        create("first", "yes");
        create("other", "no");
        watch();
        assertThat(store.size()).isEqualTo(1);

        create("second", "yes");

        events.await(() -> store.size() == 2);
        WatchedPod pod = watched("second");
        assertThat(pod.fullName()).isEqualTo("shop/second");
        assertThat(pod.labels()).containsEntry("app", "shop").hasSize(2);
        assertThat(pod.port()).isEqualTo(new MetricsPort(9091, ""));
        assertThat(pod.hasLauncher()).isTrue();
        assertThat(pod.ip()).isEqualTo("127.0.0.9");
        assertThat(pod.phase()).isEqualTo("Running");
        assertThat(pod.startTime()).isEqualTo("2026-11-24T05:00:00Z");
        assertThat(pod.ready()).isTrue();
        assertThat(pod.readyChangedAt()).isEqualTo("2026-11-24T05:00:02Z");
        assertThat(pod.terminating()).isFalse();
        assertThat(pod.uid()).isNotEmpty();
    }

    @Test
    void followsChangesAndDeletions() throws Exception {
        create("third", "yes");
        watch();

        client.pods()
                .inNamespace("shop")
                .withName("third")
                .edit(
                        p ->
                                new PodBuilder(p)
                                        .editStatus()
                                        .withPodIP("127.0.0.8")
                                        .endStatus()
                                        .build());
        events.await(() -> watched("third").ip().equals("127.0.0.8"));

        client.pods().inNamespace("shop").withName("third").delete();
        events.await(() -> store.pod("shop", "third") == null);
    }

    @Test
    void dropsAPodThatLosesTheLabel() throws Exception {
        create("fourth", "yes");
        watch();
        assertThat(Objects.requireNonNull(store.pod("shop", "fourth")).pod().ready()).isTrue();

        client.pods()
                .inNamespace("shop")
                .withName("fourth")
                .edit(
                        p ->
                                new PodBuilder(p)
                                        .editMetadata()
                                        .addToLabels(ManagedLabel.KEY, "no")
                                        .endMetadata()
                                        .build());

        events.await(() -> store.pod("shop", "fourth") == null);
    }

    @Test
    void keepsNothingElseOfAPod() throws Exception {
        create("fifth", "yes");
        watch();

        PodResource kept =
                watch.informer().getStore().list().stream()
                        .filter(p -> p.getMetadata().getName().equals("fifth"))
                        .findFirst()
                        .orElseThrow();

        assertThat(kept.getMetadata().getManagedFields()).isEmpty();
        assertThat(kept.getMetadata().getAnnotations())
                .containsOnlyKeys("anjuna.k8s.io/metricsPort");
        assertThat(kept.getMetadata().getCreationTimestamp()).isNull();
        assertThat(kept.status())
                .isEqualTo(
                        new PodStatus(
                                "Running",
                                "127.0.0.9",
                                Instant.parse("2026-11-24T05:00:00Z"),
                                true,
                                Instant.parse("2026-11-24T05:00:02Z"),
                                "",
                                Map.of()));
    }

    @Test
    void seesWhyTheLauncherDoesNotRun() throws Exception {
        create("eighth", "yes");
        watch();
        assertThat(watched("eighth").problems()).isEqualTo(PodProblems.NONE);

        client.pods()
                .inNamespace("shop")
                .withName("eighth")
                .edit(
                        p ->
                                new PodBuilder(p)
                                        .editStatus()
                                        .addNewInitContainerStatus()
                                        .withName("launcher")
                                        .withNewState()
                                        .withNewWaiting("back-off 10s", "CrashLoopBackOff")
                                        .endState()
                                        .withNewLastState()
                                        .withNewTerminated()
                                        .withExitCode(137)
                                        .withReason("OOMKilled")
                                        .endTerminated()
                                        .endLastState()
                                        .endInitContainerStatus()
                                        .endStatus()
                                        .build());

        Reason problem =
                new Reason("CrashLoopBackOff", "container launcher: OOMKilled, exit code 137");
        events.await(() -> problem.equals(watched("eighth").problems().ofLauncher()));
    }

    /** The client has no other way to set the class of a watch's objects. */
    @Test
    void hasEventsReadAsWhatIsKept() {
        assertThat(client.getKubernetesSerialization().getRegisteredKubernetesResource("v1", "Pod"))
                .isEqualTo(PodResource.class);
    }

    @Test
    void keepsTheLabelsOfADeploymentOnce() throws Exception {
        create("sixth", "yes");
        create("seventh", "yes");
        watch();

        assertThat(watched("sixth").labels()).isSameAs(watched("seventh").labels());
    }
}
