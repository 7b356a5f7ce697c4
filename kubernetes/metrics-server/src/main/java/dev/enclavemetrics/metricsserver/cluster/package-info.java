/**
 * Calls to the API server, shared by several packages: {@link
 * dev.enclavemetrics.metricsserver.cluster.ClusterCalls} without blocking, {@link
 * dev.enclavemetrics.metricsserver.cluster.AsyncCache} not more often than needed, and {@link
 * dev.enclavemetrics.metricsserver.cluster.InformerErrorLog} for problems of an informer.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.cluster;

import org.jspecify.annotations.NullMarked;
