/**
 * Tests of the Helm chart: what it renders for which values, that Kubernetes knows every field of
 * it, and that the processes know every argument.
 */
@NullMarked
package dev.enclavemetrics.chart;

import org.jspecify.annotations.NullMarked;
