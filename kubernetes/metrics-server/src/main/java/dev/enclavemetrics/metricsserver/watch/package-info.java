/**
 * Which pods there are: an informer on the cluster's labelled pods.
 *
 * <pre>
 *  pods of the API ──&gt; PodResource (PodSpec, PodStatus) ──&gt; PodWatch ──&gt; MetricStore
 *                      only what is needed, of each          informer     WatchedPod
 * </pre>
 *
 * Entrance: {@link dev.enclavemetrics.metricsserver.watch.PodWatch}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.watch;

import org.jspecify.annotations.NullMarked;
