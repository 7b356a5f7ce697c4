/**
 * The agent in the enclave: samples {@code /proc}, averages, encodes, and sends each frame to the
 * launchers that dialled it (stages 1 to 4 of the data flow).
 *
 * <pre>
 *  AgentLoop.tick():  ProcSampler → UsageWindow → Resolution → FrameEncoder → FrameServer → Peer
 *                     Sample        Usage         rounded      bytes
 *                     sample        average       round        (protocol)     serve
 * </pre>
 *
 * <p>One thread does all of it. It waits in {@code accept} until the next tick is due, so an idle
 * agent wakes once per interval. A tick in the steady state allocates nothing.
 */
@NullMarked
package dev.enclavemetrics.agent;

import org.jspecify.annotations.NullMarked;
