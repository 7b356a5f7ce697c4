/**
 * Application metrics: reads the application's exposition, in the text format of Prometheus or in
 * OpenMetrics, and keeps the metrics that the settings name.
 *
 * <pre>
 *  ApplicationReader.read():  Source → Body → Exposition → SeriesSum → RateWindow → FrameEncoder
 *                             HTTP or  bytes  lines        sums        per second   the frame
 *                             a file
 * </pre>
 *
 * <p>A separate thread does all of this, in fixed memory and within half an interval, whatever the
 * application responds. Without the settings no class of this package is loaded.
 */
@NullMarked
package dev.enclavemetrics.agent.application;

import org.jspecify.annotations.NullMarked;
