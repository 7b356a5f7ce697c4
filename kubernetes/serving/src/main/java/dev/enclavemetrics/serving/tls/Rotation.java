package dev.enclavemetrics.serving.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides the next content of the Secret. Clients must be able to verify every certificate that
 * some replica still serves, so a renewal is done in steps, each one write of the Secret:
 *
 * <pre>
 *  at 2/3 of its life  announced   ca.crt = old, new   next.* = new   all serve old
 *  once all clients have found both authorities for {@link CaPropagation#SETTLE}
 *                     switched    ca.crt = old, new   tls.*  = new   each replica serves new after
 *                                                                    its next check, old till then
 *  once old has ended             ca.crt = new
 * </pre>
 *
 * <p>Any replica may do any step. If clients cannot verify the current certificate anyway, the
 * first two steps are one: at the first start, or if it is expired, garbage, or lacks the name that
 * the API server uses.
 */
final class Rotation {

    static final Duration LIFE = Duration.ofDays(90);

    private static final int MAX_AUTHORITIES = 10;

    private final List<String> names;

    /**
     * Creates certificates with these names.
     *
     * @param names first the one that the API server uses
     */
    Rotation(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * The next content of the Secret.
     *
     * @param found the current content, or null if it is unusable
     * @param known whether all clients have had time to load its authorities
     * @return the same object if nothing changes
     */
    SecretContents next(@Nullable SecretContents found, boolean known, Instant now)
            throws GeneralSecurityException {
        if (found == null) {
            return made(names, List.of(), now);
        }
        CertificateAndKey next = found.next();
        if (next != null && !serves(next, now)) {
            next = null;
        }
        if (!serves(found.pair(), now)) {
            return next != null
                    ? switched(found, next)
                    : made(
                            CertificateNames.of(found.pair()).behind(names),
                            valid(found.authorities(), now),
                            now);
        }
        if (next != null) {
            return known || isUrgent(found.pair(), now) ? switched(found, next) : found;
        }
        if (isDue(found.pair(), now)) {
            return announced(found, names, now);
        }
        if (!CertificateNames.of(found.pair()).cover(names)) {
            // With the previous names too: replicas before an upgrade would renew for those.
            return announced(found, CertificateNames.of(found.pair()).behind(names), now);
        }
        List<X509Certificate> valid = valid(found.authorities(), now);
        return valid.size() == found.authorities().size()
                ? found
                : new SecretContents(found.pair(), valid, null);
    }

    /** Whether the API server accepts it now. */
    boolean serves(CertificateAndKey pair, Instant now) {
        return !now.isBefore(begin(pair))
                && now.isBefore(pair.expiry())
                && CertificateNames.of(pair).cover(names.subList(0, 1));
    }

    private static SecretContents made(
            List<String> names, List<X509Certificate> authorities, Instant now)
            throws GeneralSecurityException {
        IssuedCertificate issue = IssuedCertificate.make(names, now, LIFE);
        return new SecretContents(issue.pair(), with(authorities, issue.authority()), null);
    }

    private static SecretContents announced(SecretContents found, List<String> names, Instant now)
            throws GeneralSecurityException {
        IssuedCertificate issue = IssuedCertificate.make(names, now, LIFE);
        return new SecretContents(
                found.pair(),
                with(valid(found.authorities(), now), issue.authority()),
                issue.pair());
    }

    private static SecretContents switched(SecretContents found, CertificateAndKey next) {
        return new SecretContents(next, found.authorities(), null);
    }

    /** Appends the newest; beyond the maximum the oldest are dropped. */
    private static List<X509Certificate> with(
            List<X509Certificate> authorities, X509Certificate newest) {
        int from = Math.max(0, authorities.size() + 1 - MAX_AUTHORITIES);
        List<X509Certificate> all = new ArrayList<>(authorities.subList(from, authorities.size()));
        all.add(newest);
        return all;
    }

    private static List<X509Certificate> valid(List<X509Certificate> authorities, Instant now) {
        return authorities.stream().filter(a -> now.isBefore(a.getNotAfter().toInstant())).toList();
    }

    private static boolean isDue(CertificateAndKey pair, Instant now) {
        return !now.isBefore(begin(pair).plus(life(pair).multipliedBy(2).dividedBy(3)));
    }

    /** Expiry is near: a certificate unknown to some clients is better than one expired for all. */
    private static boolean isUrgent(CertificateAndKey pair, Instant now) {
        return !now.isBefore(pair.expiry().minus(life(pair).dividedBy(10)));
    }

    private static Duration life(CertificateAndKey pair) {
        return Duration.between(begin(pair), pair.expiry());
    }

    private static Instant begin(CertificateAndKey pair) {
        return pair.chain().get(0).getNotBefore().toInstant();
    }
}
