/**
 * Who sends a request, and whether they may.
 *
 * <pre>
 *  request ──&gt; Authenticator ──────────────────────────────&gt; Caller ──&gt; AccessReviews ──&gt; allowed
 *              FrontProxy: headers of kube-apiserver         (User)     SubjectAccessReview
 *              SubjectName: client certificate
 *              TokenReviews: bearer token
 *                │
 *              ClientTrust (TrustBundle), kept up to date by ClientTrustWatch
 * </pre>
 *
 * Entrance: {@link dev.enclavemetrics.metricsserver.auth.AccessControl}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.auth;

import org.jspecify.annotations.NullMarked;
