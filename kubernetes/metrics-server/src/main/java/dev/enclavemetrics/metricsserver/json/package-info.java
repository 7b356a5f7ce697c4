/**
 * How JSON is read and written: {@link dev.enclavemetrics.metricsserver.json.Json} by Jackson,
 * {@link dev.enclavemetrics.metricsserver.json.JsonBytes} for lists of thousands of items.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.json;

import org.jspecify.annotations.NullMarked;
