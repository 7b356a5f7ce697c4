/**
 * Rounds the numbers that leave the enclave: to the steps of a {@link
 * dev.enclavemetrics.agent.round.Resolution}, or to significant digits.
 */
@NullMarked
package dev.enclavemetrics.agent.round;

import org.jspecify.annotations.NullMarked;
