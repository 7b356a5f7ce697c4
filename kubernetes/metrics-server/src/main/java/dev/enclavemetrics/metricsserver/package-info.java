/**
 * The metrics server: scrapes the launchers of a cluster and serves their values in the Kubernetes
 * Custom Metrics API (stage 8 of the data flow). {@link
 * dev.enclavemetrics.metricsserver.MetricsServer} wires the stages; none of them depends on this
 * package.
 *
 * <pre>
 *  API server ──&gt; watch ──&gt; store &lt;─────── scrape ──&gt; launchers
 *                 PodWatch  MetricStore    Scraper
 *                           Health            └─────&gt; outage: log and Events
 *                             ^
 *                             │
 *  clients ──&gt; api ─────────&gt; query ──────&gt; API server: which pods an object selects
 *              CustomMetricsApi   PodQueries, ObjectQueries
 *               ├─────────&gt; auth ───────&gt; API server: token and access reviews
 *               │           AccessControl
 *               └─────────&gt; fallback ───&gt; another custom metrics server
 *                           FallbackProxy
 * </pre>
 *
 * Shared by several: {@code cluster} (calls to the API server), {@code request} (the target names),
 * {@code selector} (label selectors) and {@code json}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver;

import org.jspecify.annotations.NullMarked;
