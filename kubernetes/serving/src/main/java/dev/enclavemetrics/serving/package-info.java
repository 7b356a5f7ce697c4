/**
 * What the metrics server and the webhook serve with: HTTPS on one event loop, and a certificate
 * that is exchanged while it is served, from files or made by the process itself.
 *
 * <pre>
 *  TlsSettings → ServingCertificate ─┬─ CertificateFiles       files that change   ─┐
 *                                    └─ ManagedCertificate     a Secret, shared     ├─ ServingKeys → HttpsServer
 *                                         Rotation, CaBundles  renewed, made known ─┘
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.serving;

import org.jspecify.annotations.NullMarked;
