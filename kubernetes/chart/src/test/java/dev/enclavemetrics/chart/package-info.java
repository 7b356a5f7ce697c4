/**
 * Tests of the Helm chart: what it renders for given values, that Kubernetes knows every rendered
 * field, and that the processes accept every argument.
 */
@NullMarked
package dev.enclavemetrics.chart;

import org.jspecify.annotations.NullMarked;
