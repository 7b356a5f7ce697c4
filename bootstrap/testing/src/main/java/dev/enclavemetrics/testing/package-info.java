/** Shared test support: fakes for types of {@link dev.enclavemetrics.bootstrap}, and a browser. */
@NullMarked
package dev.enclavemetrics.testing;

import org.jspecify.annotations.NullMarked;
