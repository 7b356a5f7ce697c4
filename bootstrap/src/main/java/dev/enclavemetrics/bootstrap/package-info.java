/**
 * What every process outside the enclave starts with, so that operators learn it once: settings as
 * flags and environment variables with all problems reported at once, the log, the clock, the
 * lifecycle.
 */
@NullMarked
package dev.enclavemetrics.bootstrap;

import org.jspecify.annotations.NullMarked;
