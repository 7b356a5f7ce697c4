/**
 * Pods: adds the launcher to a labelled one as a sidecar.
 *
 * <pre>
 *  PodAdmission ─ PodEnclave ─────── which enclave, by the annotations: EnclaveAddress, EnclaveStart
 *                 LauncherOptions ── its user, CPU and memory
 *                 SidecarVolumes ─── the files that it needs
 *                 Sidecar ────────── the container
 * </pre>
 *
 * <p>Entry point: {@link PodAdmission}, with {@link SidecarSettings}.
 */
@NullMarked
package dev.enclavemetrics.webhook.pod;

import org.jspecify.annotations.NullMarked;
