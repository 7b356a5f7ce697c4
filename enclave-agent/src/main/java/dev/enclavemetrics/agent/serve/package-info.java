/**
 * Stage 4: {@link dev.enclavemetrics.agent.serve.FrameServer} accepts launchers and sends each the
 * newest frame. It acts on no byte that a {@code Peer} sends.
 */
@NullMarked
package dev.enclavemetrics.agent.serve;

import org.jspecify.annotations.NullMarked;
