/**
 * Fakes of what {@link dev.enclavemetrics.bootstrap} has, and a browser, for the tests of the
 * processes.
 */
@NullMarked
package dev.enclavemetrics.testing;

import org.jspecify.annotations.NullMarked;
