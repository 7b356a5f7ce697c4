package dev.enclavemetrics.metricsserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.metricsserver.selector.LabelSelector;
import dev.enclavemetrics.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricStoreTest {

    private static final Point POINT = new Point(437, 312, TestClock.START, 15);

    private final TestClock clock = new TestClock();
    private final ScrapeConfig config =
            new ScrapeConfig(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(30));
    private final KnownPods known = new KnownPods();
    private final MetricStore store = new MetricStore(config, clock, known);
    private final Pods pods = Pods.pod("shop", "api");

    private void answers(Pods asked) {
        known.all().forEach(p -> p.succeeded(asked.pod(), POINT, clock.nanoTime()));
    }

    private void fails(String word) {
        known.all().forEach(p -> p.failed(p.pod(), new Reason(word, "")));
    }

    private PodView view() {
        return Objects.requireNonNull(store.pod("shop", "api"));
    }

    private void expectNone(String reason) {
        assertThat(view().point()).isNull();
        assertThat(view().reason().word()).isEqualTo(reason);
    }

    private void expectFresh() {
        assertThat(view().point()).isEqualTo(POINT);
        assertThat(view().reason().word()).isEqualTo("Fresh");
    }

    @Test
    void servesThePointOfAScrape() {
        store.put(pods.pod());
        expectNone("NotScrapedYet");

        answers(pods);

        expectFresh();
        assertThat(view().pod().ready()).isTrue();
        assertThat(view().pod().labels()).containsEntry("app", "shop");
    }

    @Test
    void reportsAPodWithoutLauncher() {
        store.put(pods.withoutLauncher().pod());
        assertThat(store.podsWithoutLauncher()).isZero();

        fails(Reason.CONNECT_REFUSED);

        expectNone("NoLauncher");
        assertThat(view().reason().detail())
                .contains("port named enclave-metrics", "delete the pod");
        assertThat(store.podsWithoutLauncher()).isOne();
    }

    /** The port of a user's own launcher may have another name. */
    @Test
    void scrapesAPodWithoutLauncherAnyway() {
        store.put(pods.withoutLauncher().pod());
        answers(pods.withoutLauncher());

        expectFresh();

        fails(Reason.CONNECT_REFUSED); // once only
        expectFresh();
        assertThat(store.podsWithoutLauncher()).isZero();
    }

    /** A failure may be temporary; a command that ended does not come back. */
    @Test
    void dropsThePointOfAnEnclaveThatEnded() {
        store.put(pods.pod());
        answers(pods);
        fails("Http503");
        expectFresh();

        fails(Reason.ENDED);

        expectNone("Ended");
        fails("Http503");
        expectNone("Http503");
        answers(pods);
        expectFresh();
    }

    @Test
    void keepsTheReasonOfALauncherThatFails() {
        store.put(pods.pod());
        fails(Reason.CONNECT_REFUSED);
        expectNone("ConnectRefused");

        store.put(pods.withoutLauncher().pod());
        fails("Http503");
        expectNone("Http503");
        assertThat(store.podsWithoutLauncher()).isZero();
    }

    private static final Reason BACK_OFF =
            new Reason("CrashLoopBackOff", "container enclave-metrics: OOMKilled, exit code 137");
    private static final Reason NO_IMAGE = new Reason("ImagePullBackOff", "container app");

    @Test
    void saysThatTheLaunchersContainerDoesNotRun() {
        store.put(pods.problems(new PodProblems(BACK_OFF, BACK_OFF, "")).pod());
        expectNone("CrashLoopBackOff");

        fails(Reason.CONNECT_REFUSED);
        expectNone("CrashLoopBackOff");
        assertThat(view().reason().detail()).contains("OOMKilled");

        store.put(pods.pod());
        expectNone("ConnectRefused");
    }

    @Test
    void ignoresTheProblemsOfOtherContainersInAPodThatWasReady() {
        store.put(pods.problems(new PodProblems(NO_IMAGE, null, "")).pod());
        fails("Http503");
        expectNone("Http503");

        answers(pods);
        expectFresh();
    }

    @Test
    void saysWhyAPodIsNotRunningOrNotReady() {
        PodProblems problems = new PodProblems(NO_IMAGE, null, "");
        store.put(pods.phase("Pending").pod());
        expectNone("Pending");
        store.put(pods.phase("Pending").problems(problems).pod());
        expectNone("ImagePullBackOff");

        store.put(pods.notReadySince(Pods.LONG_AGO).uid("other").pod());
        expectNone("NotReady");
        store.put(pods.notReadySince(Pods.LONG_AGO).uid("third").problems(problems).pod());
        expectNone("ImagePullBackOff");
        PodProblems unready = new PodProblems(null, null, "containers with unready status: [app]");
        store.put(pods.notReadySince(Pods.LONG_AGO).uid("fourth").problems(unready).pod());
        expectNone("NotReady");
        assertThat(view().reason().detail()).isEqualTo(unready.unready());
        store.put(pods.phase("Failed").problems(problems).pod());
        expectNone("ImagePullBackOff");
        store.put(pods.phase("Succeeded").problems(problems).pod());
        expectNone("Succeeded");
    }

    @Test
    void knowsNoOtherPods() {
        store.put(pods.pod());

        assertThat(store.pod("shop", "web")).isNull();
        assertThat(store.pod("bank", "api")).isNull();
        assertThat(store.pods("bank", LabelSelector.EVERYTHING)).isEmpty();
    }

    @Test
    void ordersByNamespaceAndName() {
        for (String name : new String[] {"web", "api", "db"}) {
            store.put(Pods.pod("shop", name).pod());
            store.put(Pods.pod("bank", name).pod());
        }

        assertThat(store.pods(null, LabelSelector.EVERYTHING))
                .extracting(view -> view.pod().fullName())
                .containsExactly(
                        "bank/api", "bank/db", "bank/web", "shop/api", "shop/db", "shop/web");
        assertThat(store.pods("shop", LabelSelector.EVERYTHING))
                .extracting(view -> view.pod().name())
                .containsExactly("api", "db", "web");
        assertThat(store.size()).isEqualTo(6);
    }

    @Test
    void dropsAPointThreePeriodsAfterItWasReceived() {
        store.put(pods.pod());
        answers(pods);

        clock.advance(Duration.ofSeconds(45));
        expectFresh();
        assertThat(store.points()).isEqualTo(1);
        assertThat(store.oldestPointNs()).isEqualTo(Duration.ofSeconds(45).toNanos());

        clock.advance(Duration.ofNanos(1));
        expectNone("Expired");
        assertThat(store.points()).isZero();
        assertThat(store.oldestPointNs()).isZero();
    }

    @Test
    void keepsAPointAfterAFailureAndReportsIt() {
        store.put(pods.pod());
        answers(pods);

        fails("ConnectTimeout");

        expectFresh();
        assertThat(view().reason().detail())
                .isEqualTo("but the last scrape failed: ConnectTimeout");
        clock.advance(Duration.ofSeconds(46));
        expectNone("ConnectTimeout");
    }

    @Test
    void dropsThePointWithItsPod() {
        store.put(pods.pod());
        answers(pods);

        store.remove(pods.pod());

        assertThat(store.pod("shop", "api")).isNull();
        assertThat(store.pods(null, LabelSelector.EVERYTHING)).isEmpty();
        assertThat(known.all()).isEmpty();
    }

    @Test
    void dropsThePointOfAPodThatIsBeingDeleted() {
        store.put(pods.pod());
        answers(pods);

        store.put(pods.terminating().pod());

        expectNone("Terminating");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "Succeeded", "Pending", "Unknown", ""})
    void dropsThePointOfAPodThatDoesNotRun(String phase) {
        store.put(pods.pod());
        answers(pods);

        store.put(pods.phase(phase).pod());

        expectNone(phase.equals("Failed") || phase.equals("Succeeded") ? phase : "Pending");
    }

    @Test
    void dropsThePointOfAPreviousPodOfThatName() {
        store.put(pods.pod());
        answers(pods);

        store.put(pods.uid("another").pod());

        expectNone("NotScrapedYet");
        assertThat(known.all()).hasSize(1);
    }

    @Test
    void keepsANewPodIfThePreviousOneOfThatNameIsRemovedLate() {
        store.put(pods.uid("another").pod());

        store.remove(pods.pod());

        assertThat(store.pod("shop", "api")).isNotNull();
    }

    @Test
    void dropsThePointOfAPreviousAddress() {
        store.put(pods.pod());
        answers(pods);

        store.put(pods.ip("127.0.0.2").pod());

        expectNone("NotScrapedYet");
    }

    @Test
    void ignoresAnAnswerOfAPreviousAddressOrPort() {
        store.put(pods.ip("127.0.0.2").port(9091).pod());

        answers(pods.port(9091));
        answers(pods.ip("127.0.0.2"));

        expectNone("NotScrapedYet");
    }

    @Test
    void withholdsAPodThatWasNeverReady() {
        store.put(pods.notReadySince(Pods.LONG_AGO).pod());
        answers(pods);

        expectNone("NotReady");
    }

    @Test
    void withholdsAPodWhileItWarmsUp() {
        store.put(pods.readySince(TestClock.START).pod());
        answers(pods);

        clock.advance(Duration.ofMillis(29_999));
        expectNone("WarmingUp");
        assertThat(view().reason().detail()).isEqualTo("for 1 s more");

        clock.advance(Duration.ofMillis(1));
        expectFresh();
    }

    @Test
    void servesAPodThatIsNoLongerReady() {
        store.put(pods.readySince(TestClock.START).pod());
        clock.advance(Duration.ofSeconds(31));
        answers(pods);

        store.put(pods.notReadySince(clock.instant()).pod());

        expectFresh();
        assertThat(view().pod().ready()).isFalse();
    }

    @Test
    void doesNotWarmUpTwice() {
        store.put(pods.pod());
        answers(pods);
        store.put(pods.notReadySince(clock.instant()).pod());

        store.put(pods.readySince(clock.instant()).pod());

        expectFresh();
    }

    @Test
    void treatsALateChangeToNotReadyAsReadyBefore() {
        Instant wellAfterItsStart = Pods.LONG_AGO.plusSeconds(31);
        store.put(pods.notReadySince(wellAfterItsStart).pod());
        answers(pods);

        expectFresh();
    }

    @Test
    void reportsAnInvalidPort() {
        store.put(pods.port(new MetricsPort(0, "found \"http\"")).pod());

        expectNone("BadPort");
        assertThat(view().reason().detail()).isEqualTo("found \"http\"");
    }
}
