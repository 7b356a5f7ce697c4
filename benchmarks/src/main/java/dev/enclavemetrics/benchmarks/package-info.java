/**
 * JMH benchmarks of the hot path, and load generators. Benchmarks of package-private stages are in
 * the package of the stage, so that nothing is public only for a benchmark.
 */
@NullMarked
package dev.enclavemetrics.benchmarks;

import org.jspecify.annotations.NullMarked;
