/**
 * The settings, from arguments and environment variables, as one {@link
 * dev.enclavemetrics.agent.settings.AgentConfig}.
 */
@NullMarked
package dev.enclavemetrics.agent.settings;

import org.jspecify.annotations.NullMarked;
