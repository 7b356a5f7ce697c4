/**
 * What the metrics server and the webhook need to serve, one package per concern.
 *
 * <pre>
 *  tls:      TlsSettings → ServingCertificate ─┬─ CertificateFiles     files that change
 *                                              └─ ManagedCertificate   a Secret, shared, renewed
 *  http:     HttpsServer                       one event loop, with the certificate that tls gives it
 *  cluster:  Cluster                           the API server, by kubeconfig or service account
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.serving;

import org.jspecify.annotations.NullMarked;
