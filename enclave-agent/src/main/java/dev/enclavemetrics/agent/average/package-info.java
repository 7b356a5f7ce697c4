/** Stage 2: samples become a {@link dev.enclavemetrics.agent.average.Usage} over the window. */
@NullMarked
package dev.enclavemetrics.agent.average;

import org.jspecify.annotations.NullMarked;
