/**
 * The application's own numbers: reads its exposition, in the text format of Prometheus or in
 * OpenMetrics, and keeps those that the settings name.
 *
 * <pre>
 *  ApplicationReader.read():  Source → Body → Exposition → SeriesSum → RateWindow → FrameEncoder
 *                             HTTP or  bytes  lines        sums        per second   the frame
 *                             a file
 * </pre>
 *
 * <p>One thread of its own does all of it, in fixed memory and within half an interval, whatever
 * the application answers. Without the settings no class of this package is loaded.
 */
@NullMarked
package dev.enclavemetrics.agent.application;

import org.jspecify.annotations.NullMarked;
