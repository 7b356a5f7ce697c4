/**
 * The kubectl plugin: shows the resource usage of confidential pods. This package reads the command
 * line and composes the others:
 *
 * <pre>
 *  process          query                                      show
 *  KubectlProcess ─ CustomMetrics, PodList ─ UsageSource ───── UsageTable, UsageJson ─ Display
 *  bytes            fields of JSON           UsageList         lines                   output
 * </pre>
 *
 * <p>It reaches the cluster only through kubectl. So every login method works, with the user's own
 * permissions.
 */
@NullMarked
package dev.enclavemetrics.kubectl;

import org.jspecify.annotations.NullMarked;
