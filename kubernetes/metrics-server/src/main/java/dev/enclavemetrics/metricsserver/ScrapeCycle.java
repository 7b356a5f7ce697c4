package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.process.Clock;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Turns the wheel: at each tick the pods of the slots that are due get asked, each at most once at
 * a time. One that failed last time waits, if it must, only behind others that failed: the dead and
 * the slow delay no one else. Confined to one loop.
 */
final class ScrapeCycle {

    /**
     * Requests at once, each some 15 kB while it is open. 6,000 pods of 20,000 that die together
     * hold 1,200 of them until they have failed once, with an interval of 15 s and a timeout of 3
     * s.
     */
    private static final int MOST_AT_ONCE = 1_500;

    private static final int MOST_FAILING_AT_ONCE = 1_000;

    private final MetricStore store;
    private final PodScraper scraper;
    private final Outages outages;
    private final ServerMetrics metrics;
    private final Clock clock;

    private final ScrapeWheel wheel;
    private final ScrapeLane well = new ScrapeLane(MOST_AT_ONCE);
    private final ScrapeLane failing = new ScrapeLane(MOST_FAILING_AT_ONCE);
    private final Set<ScrapedPod> busy = new HashSet<>();
    private final FirstTurn firstTurn;
    private final long startNs;

    /** Slots visited since the start, those of former turns included. */
    private long visited;

    ScrapeCycle(
            MetricStore store,
            ScrapeRules rules,
            PodScraper scraper,
            Outages outages,
            ServerMetrics metrics,
            Clock clock) {
        this.store = store;
        this.scraper = scraper;
        this.outages = outages;
        this.metrics = metrics;
        this.clock = clock;
        wheel = store.wheel();
        firstTurn = new FirstTurn(rules.timeout());
        startNs = clock.nanoTime();
    }

    /** Ticks from now on, on the scraper's loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the loop
    void start(EventLoop loop) {
        long slotNs = wheel.slotNs();
        loop.scheduleAtFixedRate(this::tickOrEnd, slotNs, slotNs, TimeUnit.NANOSECONDS);
    }

    /** A loop keeps a task's failure to itself and never runs it again; nobody would be asked. */
    private void tickOrEnd() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
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
        store.health().ticked(nowNs);
        firstTurn.check();
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

    /** Finds out when every pod that was there at the first sight had its scrape. */
    private final class FirstTurn {
        private static final long NOT_BEGUN = -1;

        private final Duration timeout;
        private long end = NOT_BEGUN;

        FirstTurn(Duration timeout) {
            this.timeout = timeout;
        }

        void check() {
            if (store.health().isCycled() || !store.health().isSynced()) {
                return;
            }
            if (end == NOT_BEGUN) {
                end = store.size() == 0 ? visited : visited + wheel.slots();
            }
            long grace = timeout.toNanos() / wheel.slotNs() + 1;
            if (visited >= end && (busy.isEmpty() || visited >= end + grace)) {
                store.health().cycled();
            }
        }
    }
}
