/**
 * Label selectors, as kube-apiserver reads them.
 *
 * <pre>
 *  text ──&gt; SelectorTokens ──&gt; SelectorParser ──&gt; LabelRequirement ──&gt; LabelSelector.matches(labels)
 * </pre>
 *
 * Entry point: {@link dev.enclavemetrics.metricsserver.selector.LabelSelector}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.selector;

import org.jspecify.annotations.NullMarked;
