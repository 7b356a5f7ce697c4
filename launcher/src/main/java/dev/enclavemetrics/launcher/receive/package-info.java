/**
 * Stages 4 and 5: dials the agent and turns its bytes into frames with their age, on one thread.
 *
 * <pre>
 *   EnclaveLocator → FrameReceiver → SnapshotWriter → LatestSnapshot
 *   where to dial    bytes →         SampleAge:       (package snapshot)
 *                    MetricsFrame    how old it is
 * </pre>
 *
 * <p>{@link dev.enclavemetrics.launcher.receive.FrameReceiver} is the entry point; it waits three
 * intervals for a frame ({@code ReceiveTimeout}), then dials again after a pause ({@code Backoff}).
 */
@NullMarked
package dev.enclavemetrics.launcher.receive;

import org.jspecify.annotations.NullMarked;
