/**
 * Asks the cluster for the usages of pods: from the metrics server's statuses, or else from pods
 * and plain metrics, merged. Of pods that are pending, Events say why.
 *
 * <pre>
 *  Selection ─ UsageSource ─┬─ CustomMetrics ─ MetricsPath, JsonAnswer, JsonFields ─┐
 *                           ├─ PodList ─────────────────────────────────────────────┼─ PodMerger ─ UsageList
 *                           └─ PodEvents ───────────────────────────────────────────┘
 * </pre>
 *
 * <p>Entry point: {@link UsageSource}, with {@link Selection} in and {@link UsageList} out.
 */
@NullMarked
package dev.enclavemetrics.kubectl.query;

import org.jspecify.annotations.NullMarked;
