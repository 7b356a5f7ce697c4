package dev.enclavemetrics.metricsserver.auth;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What the certificate of a connection is trusted for. Verifying a chain takes longer than all else
 * that a request needs, so the result is kept in the TLS session: the chain there is the one of the
 * handshake. It holds until the authorities change, a certificate expires, or a minute is over.
 *
 * @param trust the authorities that it was verified against
 * @param frontProxy whether it may send users in headers
 * @param client whether its subject is a user
 */
record ClientCertificate(
        ClientTrust trust,
        SubjectName subject,
        boolean frontProxy,
        boolean client,
        Instant verifiedAt,
        Instant until) {

    private static final String KEY = ClientCertificate.class.getName();
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    /** That of the session's peer, or null if it sent none. */
    static @Nullable ClientCertificate of(
            @Nullable SSLSession session, ClientTrust trust, Instant now) {
        if (session == null) {
            return null;
        }
        if (session.getValue(KEY) instanceof ClientCertificate known && known.holds(trust, now)) {
            return known;
        }
        List<X509Certificate> chain = chain(session);
        if (chain.isEmpty()) {
            return null;
        }
        ClientCertificate verified = verified(chain, trust, now);
        session.putValue(KEY, verified);
        return verified;
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // the client sent none
        }
    }

    private static ClientCertificate verified(
            List<X509Certificate> chain, ClientTrust trust, Instant now) {
        Date date = Date.from(now);
        boolean byFrontProxies = trust.frontProxies().trusts(chain, date);
        boolean byClients = trust.clients().trusts(chain, date);
        SubjectName subject =
                byFrontProxies || byClients ? SubjectName.of(chain) : SubjectName.NONE;
        boolean named =
                trust.frontProxyNames().isEmpty()
                        || trust.frontProxyNames().contains(subject.name());
        Instant until = now.plus(MAX_AGE);
        for (X509Certificate certificate : chain) {
            Instant expiry = certificate.getNotAfter().toInstant();
            until = expiry.isBefore(until) ? expiry : until;
        }
        return new ClientCertificate(
                trust,
                subject,
                byFrontProxies && named,
                byClients && !subject.name().isEmpty(),
                now,
                until);
    }

    /** Not if the clock was set back, since it may not have been valid then. */
    private boolean holds(ClientTrust current, Instant now) {
        return trust.equals(current) && !now.isBefore(verifiedAt) && now.isBefore(until);
    }
}
