/**
 * Stage 7, first half: a value as bytes.
 *
 * <pre>
 *   CurrentValue → JsonBody         application/json
 *                → PrometheusText   text/plain, or OpenMetrics; with the launcher's own metrics
 * </pre>
 *
 * <p>{@link dev.enclavemetrics.launcher.render.Format} says which of them a client prefers.
 */
@NullMarked
package dev.enclavemetrics.launcher.render;

import org.jspecify.annotations.NullMarked;
