/**
 * Reports pods that should have a point but have none.
 *
 * <pre>
 *  Scraper ──&gt; PodOutageTracker ──&gt; OutageLog ──&gt; log
 *              how long, how often           └──&gt; EventWriter ──&gt; Events of the pod
 * </pre>
 *
 * Entry point: {@link dev.enclavemetrics.metricsserver.outage.PodOutageTracker}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.outage;

import org.jspecify.annotations.NullMarked;
