package dev.enclavemetrics.metricsserver.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.metricsserver.store.Pods;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import dev.enclavemetrics.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodOutageTrackerTest {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final ScrapeConfig config =
            new ScrapeConfig(INTERVAL, Duration.ofSeconds(3), Duration.ofSeconds(30));
    private final TestClock clock = new TestClock();
    private final List<String> reports = new ArrayList<>();
    private final PodOutageTracker outages =
            new PodOutageTracker(
                    config,
                    new OutageListener() {
                        @Override
                        public void unavailable(WatchedPod pod, Reason reason) {
                            reports.add(pod.name() + " " + reason.word());
                        }

                        @Override
                        public void available(WatchedPod pod) {
                            reports.add(pod.name() + " again");
                        }

                        @Override
                        public void close() {
                            reports.add("closed");
                        }
                    },
                    clock);
    private final Pods pods = Pods.pod("shop", "api");
    private final ScrapedPod pod = Pods.scraped(pods);

    private void turns(int turns) {
        for (int i = 0; i < turns; i++) {
            outages.visit(pod);
            clock.advance(INTERVAL);
        }
    }

    private void fail(String word) {
        pod.failed(pods.pod(), new Reason(word, ""));
    }

    private void succeed() {
        pod.succeeded(pods.pod(), new Point(1, 1, clock.instant(), 15), clock.nanoTime());
    }

    @Test
    void closesItsListener() {
        outages.close();

        assertThat(reports).containsExactly("closed");
    }

    @Test
    void reportsAPodWithoutPointForMoreThanThreeIntervals() {
        fail("ConnectTimeout");
        turns(4);
        assertThat(reports).isEmpty();

        turns(1);

        assertThat(reports).containsExactly("api ConnectTimeout");
    }

    @Test
    void reportsAnEnclaveThatEndedAtOnce() {
        succeed();
        turns(1);
        fail(Reason.ENDED);

        turns(1);

        assertThat(reports).containsExactly("api Ended");
    }

    @Test
    void repeatsAReportOnlyAfterTenMinutes() {
        fail("ConnectTimeout");
        turns(5 + 39);
        assertThat(reports).hasSize(1);

        turns(1);

        assertThat(reports).containsExactly("api ConnectTimeout", "api ConnectTimeout");
    }

    @Test
    void reportsAnotherReasonAtOnce() {
        fail("ConnectTimeout");
        turns(5);
        fail("Http503");

        turns(1);

        assertThat(reports).containsExactly("api ConnectTimeout", "api Http503");
    }

    @Test
    void reportsRecovery() {
        fail("ConnectTimeout");
        turns(5);
        succeed();

        turns(2);

        assertThat(reports).containsExactly("api ConnectTimeout", "api again");
    }

    @Test
    void doesNotReportAWithheldPod() {
        ScrapedPod neverReady = Pods.scraped(pods.notReadySince(Pods.LONG_AGO));
        ScrapedPod ending = Pods.scraped(pods.terminating());
        for (int i = 0; i < 100; i++) {
            outages.visit(neverReady);
            outages.visit(ending);
            clock.advance(INTERVAL);
        }

        assertThat(reports).isEmpty();
        assertThat(outages.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Running", "Pending"})
    void reportsAnInvalidPortAtOnce(String phase) {
        Pods.update(pod, pods.phase(phase).port(new MetricsPort(0, "found \"http\"")));

        turns(1);
        assertThat(reports).containsExactly("api BadPort");

        turns(9);
        assertThat(reports).hasSize(1);
    }

    @Test
    void reportsNothingOfACorrectedPortUntilItIsScraped() {
        Pods.update(pod, pods.port(new MetricsPort(0, "found \"http\"")));
        turns(1);
        Pods.update(pod, pods.port(new MetricsPort(9091, "")));

        turns(1);
        assertThat(reports).containsExactly("api BadPort");

        pod.succeeded(pod.pod(), new Point(1, 1, clock.instant(), 15), clock.nanoTime());
        turns(1);
        assertThat(reports).containsExactly("api BadPort", "api again");
    }

    @Test
    void doesNotReportRecoveryWhenThePodEnds() {
        fail("ConnectTimeout");
        turns(5);
        Pods.update(pod, pods.terminating());

        turns(100);

        assertThat(reports).containsExactly("api ConnectTimeout");
        assertThat(outages.size()).isOne();
    }

    @Test
    void limitsTheRateOfReports() {
        List<ScrapedPod> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(Pods.scraped(Pods.pod("shop", "p" + i)));
        }
        many.forEach(outages::visit);
        clock.advance(Duration.ofSeconds(46));

        many.forEach(outages::visit);
        assertThat(reports).hasSize(50);

        clock.advance(Duration.ofSeconds(10));
        many.forEach(outages::visit);
        assertThat(reports).hasSize(70);
    }

    @Test
    void forgetsPodsThatAreGone() {
        fail("ConnectTimeout");
        turns(5);
        assertThat(outages.size()).isOne();

        clock.advance(INTERVAL.multipliedBy(2));
        outages.forgetUnvisited();

        assertThat(outages.size()).isZero();
    }
}
