/**
 * The webhook: makes what a cluster already has work with enclaves, so that nobody edits it.
 *
 * <pre>
 *  AdmissionReviews ─┬─ HpaAdmission ─ MetricsPlan ─ JsonPatch    cpu, memory → enclave metrics
 *  bytes → bytes     └─ PodAdmission ─ Sidecar ───── JsonPatch    the launcher beside the enclave
 *
 *  TranslateCommand ─── YamlTranslation ─ MetricsPlan ─ TextEdit  the same, in files
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.webhook;

import org.jspecify.annotations.NullMarked;
