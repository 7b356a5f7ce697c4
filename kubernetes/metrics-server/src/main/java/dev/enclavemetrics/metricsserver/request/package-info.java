/**
 * The target of a request: its path and query ({@link
 * dev.enclavemetrics.metricsserver.request.ApiTarget}), what these mean in the group
 * custom.metrics.k8s.io ({@link dev.enclavemetrics.metricsserver.request.MetricPath}), and a
 * resource of that group ({@link dev.enclavemetrics.metricsserver.request.ApiResource}).
 */
@NullMarked
package dev.enclavemetrics.metricsserver.request;

import org.jspecify.annotations.NullMarked;
