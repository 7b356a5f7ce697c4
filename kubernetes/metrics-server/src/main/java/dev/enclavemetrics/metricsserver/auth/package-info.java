/**
 * Authenticates and authorizes requests.
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
 * Entry point: {@link dev.enclavemetrics.metricsserver.auth.AccessControl}.
 */
@NullMarked
package dev.enclavemetrics.metricsserver.auth;

import org.jspecify.annotations.NullMarked;
