/**
 * The launcher: runs beside the enclave, receives its frames and serves the newest over HTTP
 * (stages 4 to 7 of the data flow). This package has the process: settings, start and shutdown.
 *
 * <pre>
 *   nitro ───→ receive ───→ snapshot ───→ render ───→ serve
 *   where to   frames of    the newest    JSON and    HTTP
 *   dial       the agent    one           text          ↑
 *                               └───────→ page ─────────┘
 *                                         status page and its events
 * </pre>
 *
 * <p>One thread receives, one event loop serves; between them is one volatile reference, {@link
 * dev.enclavemetrics.launcher.snapshot.LatestSnapshot}.
 */
@NullMarked
package dev.enclavemetrics.launcher;

import org.jspecify.annotations.NullMarked;
