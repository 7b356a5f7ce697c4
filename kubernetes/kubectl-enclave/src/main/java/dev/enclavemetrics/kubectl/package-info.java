/**
 * The kubectl plugin: what confidential pods use, for people at a terminal.
 *
 * <pre>
 *  KubectlProcess ── CustomMetrics ─┐
 *  bytes             PodList ───────┴─ UsageSource ─ UsageTable, UsageJson ─ Rounds, Screen
 *                                      PodUsage      lines                   what people see
 * </pre>
 *
 * The cluster is reached through kubectl alone, so that every way to log in works as there, and
 * nobody sees more than their own rights allow.
 */
@NullMarked
package dev.enclavemetrics.kubectl;

import org.jspecify.annotations.NullMarked;
