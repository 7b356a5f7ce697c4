/**
 * Answers queries for metrics from the store.
 *
 * <pre>
 *  MetricPath, ApiTarget ──&gt; QuerySelectors ──&gt; PodQueries ───────────────────&gt; MetricValueList
 *                                           └─&gt; ObjectQueries ──&gt; Aggregate ──┘   or StatusList
 *                                               ObjectSelectors: the object's pods
 * </pre>
 *
 * Entry point: {@link dev.enclavemetrics.metricsserver.query.PodQueries} and {@link
 * dev.enclavemetrics.metricsserver.query.ObjectQueries}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.query;

import org.jspecify.annotations.NullMarked;
