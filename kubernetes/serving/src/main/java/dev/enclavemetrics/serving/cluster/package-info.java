/**
 * Access to the API server. {@link dev.enclavemetrics.serving.cluster.Cluster} connects, by a
 * kubeconfig or by the service account of the pod, and reports why it cannot.
 */
@NullMarked
package dev.enclavemetrics.serving.cluster;

import org.jspecify.annotations.NullMarked;
