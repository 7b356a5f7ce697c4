/**
 * Stage 7, second half: HTTP, on one event loop.
 *
 * <pre>
 *   HttpServer → RequestDecoder → MetricsHandler → Routes → MetricsAnswers
 *   connections  requests         one connection:  by path  rendered once
 *                                 rules, order,             a frame
 *                                 end
 * </pre>
 *
 * <p>{@link dev.enclavemetrics.launcher.serve.HttpServer} is the entry point; {@code
 * OpenConnections} bounds connections, their memory and their idle time.
 */
@NullMarked
package dev.enclavemetrics.launcher.serve;

import org.jspecify.annotations.NullMarked;
