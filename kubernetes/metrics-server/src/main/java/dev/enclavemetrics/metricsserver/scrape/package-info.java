/**
 * Scrapes each pod's launcher once per interval.
 *
 * <pre>
 *  ScrapeWheel ──&gt; Scraper ──&gt; HttpPodScraper ──&gt; ScrapeExchange ──&gt; ScrapeAnswer ──&gt; LauncherJson
 *  when, whom     ScrapeLane   connects          one request,      status, type,   values, checked
 *                 how many                       its timeout       size
 *                    │
 *                    └──&gt; ScrapeResult into the ScrapedPod of the store
 * </pre>
 *
 * Entry point: {@link dev.enclavemetrics.metricsserver.scrape.Scraper}, fed by a {@link
 * dev.enclavemetrics.metricsserver.scrape.ScrapeWheel}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.scrape;

import org.jspecify.annotations.NullMarked;
