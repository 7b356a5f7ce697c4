/** Fakes of what {@link dev.enclavemetrics.process} has, for the tests of the processes. */
@NullMarked
package dev.enclavemetrics.testing;

import org.jspecify.annotations.NullMarked;
