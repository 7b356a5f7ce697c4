/**
 * The metrics server: scrapes the launchers of a cluster and serves what they tell in the
 * Kubernetes Custom Metrics API (stage 8 of the data's way).
 *
 * <pre>
 *  PodWatch → MetricStore → Scraper → PodScrape → MetricStore → ApiServer
 *  informer   who is there   when          one HTTP    last points    reads
 *                                          request
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.metricsserver;

import org.jspecify.annotations.NullMarked;
