package dev.enclavemetrics.metricsserver.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.metricsserver.outage.PodOutageTracker;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.Pods;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ScraperTest {

    private static final Point POINT = new Point(1, 2, TestClock.START, 15);

    private final ScrapeConfig config =
            new ScrapeConfig(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ZERO);
    private final TestClock clock = new TestClock();
    private final Health health = new Health(config, clock);
    private final ScrapeWheel wheel = new ScrapeWheel(config);
    private final MetricStore store = new MetricStore(config, clock, wheel);
    private final LogLines log = new LogLines();
    private final PodOutageTracker outages = PodOutageTracker.of(config, null, clock, log.log());
    private final ScrapeMetrics metrics = new ScrapeMetrics(new PrometheusRegistry());

    /** Scrapes that have not finished. */
    private final Map<String, Consumer<ScrapeResult>> open = new HashMap<>();

    private final List<String> asked = new ArrayList<>();
    private boolean answering = true;
    private final Scraper scraper =
            new Scraper(wheel, health, config, this::scrape, outages, metrics, clock);

    private void scrape(WatchedPod pod, Consumer<ScrapeResult> done) {
        asked.add(pod.name());
        if (answering) {
            done.accept(ScrapeResult.of(POINT, false, false));
        } else {
            open.put(pod.name(), done);
        }
    }

    private void endOpen() {
        List<Consumer<ScrapeResult>> ending = List.copyOf(open.values());
        open.clear();
        ending.forEach(done -> done.accept(ScrapeResult.failure("ConnectTimeout", "")));
    }

    private void put(int pods) {
        for (int i = 0; i < pods; i++) {
            store.put(Pods.pod("shop", "p" + i).pod());
        }
    }

    private void pass(Duration time) {
        Duration tick = Duration.ofMillis(50);
        for (Duration passed = tick; passed.compareTo(time) <= 0; passed = passed.plus(tick)) {
            clock.advance(tick);
            scraper.tick();
        }
    }

    @Test
    void scrapesEachPodOncePerInterval() {
        put(1000);

        pass(Duration.ofSeconds(15));
        assertThat(asked).hasSize(1000).doesNotHaveDuplicates();

        pass(Duration.ofSeconds(15));
        assertThat(asked).hasSize(2000);
        assertThat(store.points()).isEqualTo(1000);
    }

    @Test
    void spreadsThemOverTheInterval() {
        put(3000);

        for (int second = 1; second <= 15; second++) {
            int before = asked.size();
            pass(Duration.ofSeconds(1));
            assertThat(asked.size() - before).isBetween(130, 280); // 200, varies randomly
        }
    }

    @Test
    void scrapesNoPodTwiceAtOnce() {
        answering = false;
        put(1);

        pass(Duration.ofSeconds(60));
        assertThat(asked).hasSize(1);

        endOpen();
        pass(Duration.ofSeconds(15));
        assertThat(asked).hasSize(2);
    }

    @Test
    void scrapesOthersInTimeThoughManyHang() {
        answering = false;
        put(2500);
        pass(Duration.ofSeconds(15));
        assertThat(asked).hasSize(1500); // the maximum of concurrent scrapes
        endOpen();
        endOpen(); // those that were queued
        pass(Duration.ofSeconds(15)); // those that failed are scraped again and hang
        answering = true;
        store.put(Pods.pod("shop", "well").pod());

        pass(Duration.ofSeconds(15));

        assertThat(asked).contains("well");
    }

    @Test
    void scrapesNoPodThatDoesNotRun() {
        store.put(Pods.pod("shop", "a").phase("Pending").pod());
        store.put(Pods.pod("shop", "b").terminating().pod());
        store.put(Pods.pod("shop", "c").port(new MetricsPort(0, "")).pod());

        pass(Duration.ofSeconds(30));

        assertThat(asked).isEmpty();
    }

    @Test
    void scrapesEachPodOnceAfterAStall() {
        put(100);

        clock.advance(Duration.ofMinutes(10));
        scraper.tick();

        assertThat(asked).hasSize(100);
    }

    @Test
    void isReadyOnceThePodsOfTheFirstListWereScraped() {
        answering = false;
        put(10);
        pass(Duration.ofMillis(50));
        assertThat(health.readinessProblem()).contains("listed");
        health.synced();

        pass(Duration.ofMillis(100));
        assertThat(asked).hasSize(10);
        assertThat(health.readinessProblem()).contains("first scrape");

        endOpen();
        pass(Duration.ofMillis(50));
        assertThat(health.readinessProblem()).isNull();
    }

    @Test
    void isReadyThoughSomePodsDoNotAnswer() {
        answering = false;
        put(10);
        health.synced();

        pass(Duration.ofSeconds(3));
        assertThat(health.readinessProblem()).contains("first scrape");

        pass(Duration.ofMillis(150));
        assertThat(health.readinessProblem()).isNull();
    }

    @Test
    void spreadsTheFirstScrapesOfManyPods() {
        put(10_000);
        health.synced();

        for (int second = 1; second <= 5; second++) {
            int before = asked.size();
            pass(Duration.ofSeconds(1));
            assertThat(asked.size() - before)
                    .isBetween(1_500, 3_400); // each has a random place in the interval
        }
        pass(Duration.ofMillis(100));
        assertThat(Set.copyOf(asked)).hasSize(10_000);
        assertThat(health.readinessProblem()).isNull();
    }

    @Test
    void isReadySoonWhateverTheInterval() {
        ScrapeConfig slow =
                new ScrapeConfig(Duration.ofMinutes(10), Duration.ofSeconds(3), Duration.ZERO);
        Health slowHealth = new Health(slow, clock);
        ScrapeWheel slowWheel = new ScrapeWheel(slow);
        MetricStore pods = new MetricStore(slow, clock, slowWheel);
        Scraper rare =
                new Scraper(slowWheel, slowHealth, slow, this::scrape, outages, metrics, clock);
        for (int i = 0; i < 100; i++) {
            pods.put(Pods.pod("shop", "p" + i).pod());
        }
        slowHealth.synced();

        for (int i = 0; i < 4; i++) {
            rare.tick();
            clock.advance(Duration.ofMillis(500));
        }

        assertThat(asked).hasSize(100).doesNotHaveDuplicates();
        assertThat(slowHealth.readinessProblem()).isNull();
    }

    @Test
    void isReadyAtOnceIfThereIsNoPod() {
        health.synced();

        pass(Duration.ofMillis(50));

        assertThat(health.readinessProblem()).isNull();
    }

    @Test
    void isNotLiveWithoutTicks() {
        pass(Duration.ofSeconds(1));
        assertThat(health.livenessProblem()).isNull();

        clock.advance(Duration.ofSeconds(23));

        assertThat(health.livenessProblem()).contains("found no tick for 23 s");
    }
}
