/**
 * Reviews over HTTP: the bytes of an AdmissionReview in, the bytes of its answer out.
 *
 * <pre>
 *  ReviewHandler ─┬─ ReviewBodies ─ ReviewExecutor ─ AdmissionReviews ─ (hpa, pod) ─ AnsweredReview
 *                 └─ ProbesAndMetrics     /livez, /readyz, /metrics
 * </pre>
 *
 * <p>Entry point: {@link ReviewEndpoint}.
 */
@NullMarked
package dev.enclavemetrics.webhook.review;

import org.jspecify.annotations.NullMarked;
