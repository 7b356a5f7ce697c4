/**
 * The kubectl plugin: shows at a terminal what confidential pods use. This package reads the
 * command line and composes the others:
 *
 * <pre>
 *  process          query                                      show
 *  KubectlProcess ─ CustomMetrics, PodList ─ UsageSource ───── UsageTable, UsageJson ─ Display
 *  bytes            fields of JSON           UsageList         lines                   output
 * </pre>
 *
 * <p>It reaches the cluster only through kubectl. So every way to log in works, and users see what
 * they have the rights for.
 */
@NullMarked
package dev.enclavemetrics.kubectl;

import org.jspecify.annotations.NullMarked;
