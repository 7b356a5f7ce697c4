/**
 * Watches the labelled pods of the cluster with an informer.
 *
 * <pre>
 *  pods of the API ──&gt; PodResource (PodSpec, PodStatus) ──&gt; PodWatch ──&gt; MetricStore
 *                      only what is needed, of each          informer     WatchedPod
 * </pre>
 *
 * Entry point: {@link dev.enclavemetrics.metricsserver.watch.PodWatch}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.watch;

import org.jspecify.annotations.NullMarked;
