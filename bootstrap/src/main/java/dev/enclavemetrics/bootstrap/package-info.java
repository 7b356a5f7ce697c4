/**
 * The basis of every process outside the enclave, so that all behave alike: settings as flags and
 * environment variables with all problems reported at once, the log, the clock, the lifecycle.
 */
@NullMarked
package dev.enclavemetrics.bootstrap;

import org.jspecify.annotations.NullMarked;
