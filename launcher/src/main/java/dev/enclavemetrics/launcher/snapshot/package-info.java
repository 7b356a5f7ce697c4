/**
 * Stage 6: the last frame, the state of the connection, and the usages of the last 15 minutes.
 *
 * <pre>
 *   ReceivedFrame → LatestSnapshot → Snapshot.readAt(now) → CurrentValue
 *   frame and time  one volatile     three intervals        fresh, or why
 *   of its sample   reference        decide                 there is none
 *                         └────────→ UsagePoint, for the status page's chart
 * </pre>
 *
 * <p>{@link dev.enclavemetrics.launcher.snapshot.LatestSnapshot} is the entry point.
 */
@NullMarked
package dev.enclavemetrics.launcher.snapshot;

import org.jspecify.annotations.NullMarked;
