package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.FailFast;
import dev.enclavemetrics.metricsserver.outage.PodOutageTracker;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import io.netty.channel.EventLoop;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Scrapes the pods: at each tick those whose slot of the wheel is due, each at most once at a time.
 * A pod whose last scrape failed queues only behind other failing pods, so dead and slow launchers
 * do not delay the others. Confined to one event loop.
 */
public final class Scraper {

    /**
     * Concurrent requests; each takes about 15 kB. If 6,000 of 20,000 pods die together, they hold
     * 1,200 requests until each has failed once, at an interval of 15 s and a timeout of 3 s.
     */
    private static final int MAX_CONCURRENT = 1_500;

    private static final int MAX_CONCURRENT_FAILING = 1_000;

    private final ScrapeWheel wheel;
    private final Health health;
    private final PodScraper scraper;
    private final PodOutageTracker outages;
    private final ScrapeMetrics metrics;
    private final Clock clock;

    private final ScrapeLane healthy = new ScrapeLane(MAX_CONCURRENT);
    private final ScrapeLane failing = new ScrapeLane(MAX_CONCURRENT_FAILING);
    private final Set<ScrapedPod> busy = new HashSet<>();
    private final FirstScrape firstScrape;
    private final long startNs;

    /** Slots visited since the start, over all turns. */
    private long visited;

    /**
     * Scrapes over HTTP.
     *
     * @param wheel the pods, as the store fills it in
     * @param loop the event loop to scrape on
     */
    public Scraper(
            ScrapeWheel wheel,
            Health health,
            ScrapeConfig config,
            EventLoop loop,
            PodOutageTracker outages,
            PrometheusRegistry registry,
            Clock clock) {
        this(
                wheel,
                health,
                config,
                new HttpPodScraper(loop, config, clock),
                outages,
                new ScrapeMetrics(registry),
                clock);
    }

    Scraper(
            ScrapeWheel wheel,
            Health health,
            ScrapeConfig config,
            PodScraper scraper,
            PodOutageTracker outages,
            ScrapeMetrics metrics,
            Clock clock) {
        this.wheel = wheel;
        this.health = health;
        this.scraper = scraper;
        this.outages = outages;
        this.metrics = metrics;
        this.clock = clock;
        firstScrape = new FirstScrape(wheel, health, config);
        startNs = clock.nanoTime();
    }

    /** Starts to tick on the event loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the loop
    public void start(EventLoop loop) {
        long slotNs = wheel.slotNs();
        loop.scheduleAtFixedRate(FailFast.task(this::tick), slotNs, slotNs, TimeUnit.NANOSECONDS);
    }

    /** Visits the slots that are due; after a stall each at most once. */
    void tick() {
        long nowNs = clock.nanoTime();
        long due = (nowNs - startNs) / wheel.slotNs();
        visited = Math.max(visited, due - wheel.slots());
        while (visited < due) {
            long dueNs = startNs + (visited + 1) * wheel.slotNs();
            wheel.forEach((int) (visited % wheel.slots()), pod -> visit(pod, dueNs));
            visited++;
            if (visited % wheel.slots() == 0) {
                outages.forgetUnvisited();
            }
        }
        health.ticked(nowNs);
        firstScrape.advance(nowNs, pod -> visitFirst(pod, nowNs), busy::isEmpty);
    }

    private void visitFirst(ScrapedPod pod, long nowNs) {
        if (pod.isUnscraped() && !busy.contains(pod)) {
            visit(pod, nowNs);
        }
    }

    private void visit(ScrapedPod pod, long dueNs) {
        outages.visit(pod);
        if (pod.pod().exclusion() != null) {
            return;
        }
        if (!busy.add(pod)) {
            metrics.skipped();
            return;
        }
        ScrapeLane lane = pod.failing() ? failing : healthy;
        lane.run(() -> scrape(pod, lane, dueNs));
    }

    private void scrape(ScrapedPod pod, ScrapeLane lane, long dueNs) {
        WatchedPod target = pod.pod();
        long startedNs = clock.nanoTime();
        metrics.started(startedNs - dueNs);
        scraper.scrape(
                target,
                result -> {
                    long endedNs = clock.nanoTime();
                    Point point = result.point();
                    if (point != null) {
                        pod.succeeded(target, point, endedNs);
                    } else {
                        pod.failed(target, result.reason());
                    }
                    metrics.scraped(result.outcome(), endedNs - startedNs);
                    busy.remove(pod);
                    lane.ended();
                });
    }
}
