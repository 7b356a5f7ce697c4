/**
 * Another custom metrics server, which is asked for all metrics that are not the enclaves'.
 *
 * <pre>
 *  request ──&gt; FallbackProxy ──&gt; FallbackClient ──&gt; the other server
 *                  │  FallbackToken: of an account that may only read custom metrics
 *                  │  ItemVersions: the other version of the group, if it serves only one
 *  discovery &lt;── FallbackDiscovery: which resources it has, once a minute
 * </pre>
 *
 * Entry point: {@link dev.enclavemetrics.metricsserver.fallback.FallbackProxy}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.fallback;

import org.jspecify.annotations.NullMarked;
