/**
 * The watched pods and the last point of each, in memory.
 *
 * <pre>
 *  PodWatch ──&gt; WatchedPod ─┐                              ┌──&gt; PodView (pod, point or reason)
 *                           ├──&gt; MetricStore (ScrapedPod) ─┤
 *  Scraper ──&gt; Point, Reason┘    PodState at a QueryTime   └──&gt; PodListener (added, removed)
 * </pre>
 *
 * A {@code ScrapedPod} holds one immutable {@code PodState}, which is replaced as a whole; from it
 * and the time of a query follows what is answered. {@link
 * dev.enclavemetrics.metricsserver.store.Health} derives liveness and readiness from the progress
 * of watch and scraper. Entrance: {@link dev.enclavemetrics.metricsserver.store.MetricStore}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.store;

import org.jspecify.annotations.NullMarked;
