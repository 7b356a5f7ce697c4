/**
 * The Custom Metrics API over HTTPS.
 *
 * <pre>
 *  request ──&gt; ApiHandler ──&gt; AccessControl ──&gt; ApiRoutes ──&gt; queries, Discovery, fallback,
 *                 │           who, allowed?     RequestKind   own metrics
 *                 └─&gt; Probes: /livez, /readyz
 * </pre>
 *
 * Entry point: {@link dev.enclavemetrics.metricsserver.api.CustomMetricsApi}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.api;

import org.jspecify.annotations.NullMarked;
