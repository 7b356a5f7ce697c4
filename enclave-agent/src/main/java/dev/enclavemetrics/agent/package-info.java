/**
 * The agent in the enclave: samples {@code /proc}, averages, encodes, and hands each frame to the
 * launcher that dialled it (stages 1 to 4 of the data's way).
 *
 * <p>One thread does all of it. It waits in {@code accept} until the next tick is due, so an idle
 * agent wakes once an interval; a steady tick allocates nothing.
 */
@NullMarked
package dev.enclavemetrics.agent;

import org.jspecify.annotations.NullMarked;
