/**
 * An admission request about one object, and the response to it: what all other packages share.
 *
 * <pre>
 *  AdmissionRequest ─ Annotations, Quantity ──▶ (hpa, pod) ──▶ JsonPatch, Warnings ─ AdmissionResponse
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.webhook.admission;

import org.jspecify.annotations.NullMarked;
