/** The agent's log: one line per event, and events that repeat. */
@NullMarked
package dev.enclavemetrics.agent.log;

import org.jspecify.annotations.NullMarked;
