/**
 * The webhook: makes the existing HPAs and Pods of a cluster work with enclaves, without edits by
 * their users. This package reads the settings and composes the others:
 *
 * <pre>
 *  review ─┬─ hpa        translates the metrics of labelled HPAs
 *          └─ pod        adds the launcher to labelled Pods
 *  translate ─ hpa       the same for HPAs in files
 *  admission             one request and its response, shared by all
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.webhook;

import org.jspecify.annotations.NullMarked;
