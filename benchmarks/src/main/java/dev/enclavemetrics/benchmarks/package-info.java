/**
 * JMH benchmarks of the sampling hot path. Those of a stage that is package-private lie in that
 * stage's own package, so that nothing is public for a benchmark's sake.
 */
@NullMarked
package dev.enclavemetrics.benchmarks;

import org.jspecify.annotations.NullMarked;
