/**
 * The metrics server: scrapes the launchers of a cluster and serves their values in the Kubernetes
 * Custom Metrics API (stage 8 of the data's way). {@link
 * dev.enclavemetrics.metricsserver.MetricsServer} wires the stages; none of them depends on this
 * package.
 *
 * <pre>
 *  cluster ──&gt; watch ──&gt; store &lt;── scrape &lt;── launchers
 *             PodWatch   MetricStore Scraper
 *                          │            └──&gt; outage: log and Events
 *                          v
 *               query ──&gt; api ──&gt; clients, such as the HPA controller
 *       PodQueries        CustomMetricsApi
 *    ObjectQueries         │         │
 *                        auth      fallback: another custom metrics server
 * </pre>
 *
 * Shared by several: {@code cluster} (calls to the API server), {@code request} (what a request
 * names), {@code selector} (label selectors) and {@code json}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver;

import org.jspecify.annotations.NullMarked;
