/**
 * The launcher: runs beside the enclave, receives its frames and serves the newest over HTTP
 * (stages 4 to 7 of the data's way).
 *
 * <pre>
 *  EnclaveLocator → FrameReceiver → LatestSnapshot → MetricsAnswers → MetricsHandler
 *  where to dial    one thread      one volatile     rendered once    one event loop
 *                                   reference        a frame
 *                                        │
 *                                        └──────→ StatusFeed ──→ EventListeners
 *                                                 rendered once  status pages
 *                                                 an event       that are open
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.launcher;

import org.jspecify.annotations.NullMarked;
