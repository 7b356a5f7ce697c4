package dev.enclavemetrics.metricsserver.store;

import org.jspecify.annotations.Nullable;

/**
 * A watched pod as a reader sees it at one moment.
 *
 * @param point the live point, or null if the pod has none
 * @param reason why the pod has a point or none; with a point, its detail is the failure of a later
 *     scrape
 */
public record PodView(WatchedPod pod, @Nullable Point point, Reason reason) {}
