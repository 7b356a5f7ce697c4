/**
 * The certificate that is served, and its renewal: from files, or made by the process and kept in a
 * Secret that all replicas share. {@link dev.enclavemetrics.serving.tls.TlsSettings} reads where it
 * comes from, {@link dev.enclavemetrics.serving.tls.Certificates} makes it.
 *
 * <pre>
 *  ManagedCertificate.reconcile():
 *  CertificateSecret → SecretContents → Rotation → CaPropagation → CurrentCertificate
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.serving.tls;

import org.jspecify.annotations.NullMarked;
