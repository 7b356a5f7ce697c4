/**
 * What every process outside the enclave does alike, so that its operator learns it once: settings
 * as flags with environment twins and all problems at once, log lines, time.
 */
@NullMarked
package dev.enclavemetrics.bootstrap;

import org.jspecify.annotations.NullMarked;
