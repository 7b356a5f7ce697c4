/**
 * HPAs: translates the metrics of a labelled one, and restores them when the label is removed.
 *
 * <pre>
 *  HpaAdmission ─┬─ HpaTranslation ─ MetricEntry ─ MetricsPlan ─ MetricsPatch   cpu, memory → enclave metrics
 *                │                                   OriginalMetrics            kept in an annotation
 *                └─ HpaRestoration                                              and restored from it
 * </pre>
 *
 * <p>Entry point: {@link HpaAdmission}. Files are translated with {@link MetricsPlan} too.
 */
@NullMarked
package dev.enclavemetrics.webhook.hpa;

import org.jspecify.annotations.NullMarked;
