/**
 * Runs kubectl as a child process, one per request. Entrance: {@link Kubectl}, which {@link
 * KubectlProcess} implements; failures are {@link KubectlException}s.
 */
@NullMarked
package dev.enclavemetrics.kubectl.process;

import org.jspecify.annotations.NullMarked;
