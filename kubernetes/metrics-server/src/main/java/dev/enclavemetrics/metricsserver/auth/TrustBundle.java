package dev.enclavemetrics.metricsserver.auth;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Certificate authorities that client certificates are verified against. */
final class TrustBundle {

    /** Trusts no client certificate. */
    static final TrustBundle NONE = new TrustBundle(Set.of());

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";

    private final Set<TrustAnchor> anchors;

    private TrustBundle(Set<TrustAnchor> anchors) {
        this.anchors = Set.copyOf(anchors);
    }

    /**
     * Parses PEM.
     *
     * @throws IllegalArgumentException if there is no certificate in it, or a broken one
     */
    static TrustBundle parse(String pem) {
        Set<TrustAnchor> anchors = new HashSet<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.UTF_8)))) {
                anchors.add(new TrustAnchor((X509Certificate) certificate, null));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificates must be PEM, found: " + e, e);
        }
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("certificates must be PEM, found none");
        }
        return new TrustBundle(anchors);
    }

    boolean isEmpty() {
        return anchors.isEmpty();
    }

    /**
     * Whether the first certificate is a valid client certificate with a path to an authority.
     *
     * @param chain as the peer sent it: its own certificate, then intermediates
     */
    boolean trusts(List<X509Certificate> chain, Date now) {
        if (anchors.isEmpty() || chain.isEmpty()) {
            return false;
        }
        try {
            X509CertSelector own = new X509CertSelector();
            own.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
            parameters.setDate(now);
            parameters.setRevocationEnabled(false); // as in Kubernetes
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            PKIXCertPathBuilderResult path =
                    (PKIXCertPathBuilderResult)
                            CertPathBuilder.getInstance("PKIX").build(parameters);
            return forClients(path);
        } catch (GeneralSecurityException e) {
            return false; // the peer gets an error
        }
    }

    /** No certificate on the path may be restricted to another usage. */
    private static boolean forClients(PKIXCertPathBuilderResult path) throws CertificateException {
        for (Certificate certificate : path.getCertPath().getCertificates()) {
            List<String> usages = ((X509Certificate) certificate).getExtendedKeyUsage();
            if (usages != null && !usages.contains(CLIENT_AUTH) && !usages.contains(ANY_USAGE)) {
                return false;
            }
        }
        return true;
    }
}
