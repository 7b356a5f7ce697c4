package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Vital;
import dev.enclavemetrics.metricsserver.outage.PodOutageTracker;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.ScrapeRules;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import io.netty.channel.EventLoop;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Turns the wheel: at each tick the pods of the slots that are due get asked, each at most once at
 * a time. One that failed last time waits, if it must, only behind others that failed: the dead and
 * the slow delay no one else. Confined to one loop.
 */
public final class Scraper {

    /**
     * Requests at once, each some 15 kB while it is open. 6,000 pods of 20,000 that die together
     * hold 1,200 of them until they have failed once, with an interval of 15 s and a timeout of 3
     * s.
     */
    private static final int MAX_AT_ONCE = 1_500;

    private static final int MAX_FAILING_AT_ONCE = 1_000;

    private final ScrapeWheel wheel;
    private final Health health;
    private final PodScraper scraper;
    private final PodOutageTracker outages;
    private final ScrapeMetrics metrics;
    private final Clock clock;

    private final ScrapeLane well = new ScrapeLane(MAX_AT_ONCE);
    private final ScrapeLane failing = new ScrapeLane(MAX_FAILING_AT_ONCE);
    private final Set<ScrapedPod> busy = new HashSet<>();
    private final FirstTurn firstTurn;
    private final long startNs;

    /** Slots visited since the start, those of former turns included. */
    private long visited;

    /**
     * Scrapes over HTTP.
     *
     * @param wheel the pods, as the store fills it in
     * @param loop the event loop to scrape on, not used for anything that takes time
     */
    public Scraper(
            ScrapeWheel wheel,
            Health health,
            ScrapeRules rules,
            EventLoop loop,
            PodOutageTracker outages,
            PrometheusRegistry registry,
            Clock clock) {
        this(
                wheel,
                health,
                rules,
                new HttpPodScraper(loop, rules, clock),
                outages,
                new ScrapeMetrics(registry),
                clock);
    }

    Scraper(
            ScrapeWheel wheel,
            Health health,
            ScrapeRules rules,
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
        firstTurn = new FirstTurn(rules);
        startNs = clock.nanoTime();
    }

    /** Ticks from now on, on the scraper's loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the loop
    public void start(EventLoop loop) {
        long slotNs = wheel.slotNs();
        loop.scheduleAtFixedRate(Vital.task(this::tick), slotNs, slotNs, TimeUnit.NANOSECONDS);
    }

    /** Visits the slots that have become due; after a stall each at most once. */
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
        firstTurn.advance(nowNs);
    }

    private void visit(ScrapedPod pod, long dueNs) {
        outages.visit(pod);
        if (pod.pod().unfit() != null) {
            return;
        }
        if (!busy.add(pod)) {
            metrics.skipped();
            return;
        }
        ScrapeLane lane = pod.failing() ? failing : well;
        lane.run(() -> scrape(pod, lane, dueNs));
    }

    private void scrape(ScrapedPod pod, ScrapeLane lane, long dueNs) {
        WatchedPod asked = pod.pod();
        long startedNs = clock.nanoTime();
        metrics.started(startedNs - dueNs);
        scraper.scrape(
                asked,
                result -> {
                    long endedNs = clock.nanoTime();
                    Point point = result.point();
                    if (point != null) {
                        pod.succeeded(asked, point, endedNs);
                    } else {
                        pod.failed(asked, result.reason());
                    }
                    metrics.scraped(result.outcome(), endedNs - startedNs);
                    busy.remove(pod);
                    lane.ended();
                });
    }

    /**
     * Asks the pods that were there at the first sight without waiting for their places in the
     * interval: until all were asked once, this server cannot answer. Their number spreads them.
     */
    private final class FirstTurn {
        private static final long NS_A_POD = 500_000;

        private final long intervalNs;
        private final long timeoutNs;
        private boolean begun;
        private long beganNs;
        private long spreadNs;
        private int next;

        FirstTurn(ScrapeRules rules) {
            intervalNs = rules.interval().toNanos();
            timeoutNs = rules.timeout().toNanos();
        }

        void advance(long nowNs) {
            if (health.isCycled() || !health.isSynced()) {
                return;
            }
            if (!begun) {
                begun = true;
                beganNs = nowNs;
                spreadNs = Math.min(intervalNs, wheel.size() * NS_A_POD);
            }
            long passedNs = nowNs - beganNs;
            int due =
                    passedNs >= spreadNs
                            ? wheel.slots()
                            : (int) (passedNs * wheel.slots() / spreadNs);
            for (; next < due; next++) {
                wheel.forEach(next, pod -> visitFirst(pod, nowNs));
            }
            if (next == wheel.slots() && (busy.isEmpty() || passedNs > spreadNs + timeoutNs)) {
                health.cycled();
            }
        }

        private void visitFirst(ScrapedPod pod, long nowNs) {
            if (pod.isUnasked() && !busy.contains(pod)) {
                visit(pod, nowNs);
            }
        }
    }
}
