package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Scrapes the pods of the first list without waiting for their slots, because this server is not
 * ready until each was scraped once. They are spread over a time proportional to their number. For
 * one thread.
 */
final class FirstScrape {

    private static final long NS_PER_POD = 500_000;

    private final ScrapeWheel wheel;
    private final Health health;
    private final long intervalNs;
    private final long timeoutNs;
    private boolean begun;
    private long beganNs;
    private long spreadNs;
    private int next;

    FirstScrape(ScrapeWheel wheel, Health health, ScrapeConfig config) {
        this.wheel = wheel;
        this.health = health;
        intervalNs = config.interval().toNanos();
        timeoutNs = config.timeout().toNanos();
    }

    /**
     * Scrapes the pods that are due; to be called at each tick.
     *
     * @param scrape scrapes a pod, unless that was done already
     * @param idle whether no scrape is in flight
     */
    void advance(long nowNs, Consumer<ScrapedPod> scrape, BooleanSupplier idle) {
        if (health.isCycled() || !health.isSynced()) {
            return;
        }
        if (!begun) {
            begun = true;
            beganNs = nowNs;
            spreadNs = Math.min(intervalNs, wheel.size() * NS_PER_POD);
        }
        long passedNs = nowNs - beganNs;
        int due =
                passedNs >= spreadNs ? wheel.slots() : (int) (passedNs * wheel.slots() / spreadNs);
        for (; next < due; next++) {
            wheel.forEach(next, scrape);
        }
        if (next == wheel.slots() && (idle.getAsBoolean() || passedNs > spreadNs + timeoutNs)) {
            health.cycled();
        }
    }
}
