package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.metricsserver.store.WatchedPod;
import java.util.function.Consumer;

/** Scrapes one pod once. */
interface PodScraper {

    /**
     * Starts a scrape; does not block.
     *
     * @param done takes the result, exactly once and within the timeout, on the scraper's loop
     */
    void scrape(WatchedPod pod, Consumer<ScrapeResult> done);
}
