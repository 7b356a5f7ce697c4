package dev.enclavemetrics.serving.tls;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of the Secret. Its keys:
 *
 * <pre>
 *  tls.crt, tls.key     the certificate that every replica serves with
 *  ca.crt               the authorities that clients are to trust, oldest first
 *  next.crt, next.key   the next certificate while its authority is published; usually absent
 * </pre>
 *
 * @param next the next pair to serve, or null
 */
record SecretContents(
        CertificateAndKey pair,
        List<X509Certificate> authorities,
        @Nullable CertificateAndKey next) {

    private static final String CERT = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String AUTHORITIES = "ca.crt";
    private static final String NEXT_CERT = "next.crt";
    private static final String NEXT_KEY = "next.key";

    SecretContents {
        authorities = List.copyOf(authorities);
    }

    /**
     * Parses it. An invalid next pair is ignored: it can be created again.
     *
     * @throws GeneralSecurityException that says why it is unusable
     */
    static SecretContents parse(Vertx vertx, Map<String, byte[]> data)
            throws GeneralSecurityException {
        CertificateAndKey pair =
                CertificateAndKey.parse(vertx, required(data, CERT), required(data, KEY));
        List<X509Certificate> authorities = new ArrayList<>();
        for (X509Certificate authority : Pem.certificates(required(data, AUTHORITIES))) {
            if (authority.getBasicConstraints() >= 0) {
                authorities.add(authority);
            }
        }
        if (!isSignedBy(pair, authorities)) {
            throw new GeneralSecurityException(
                    CERT + " must be signed by an authority in " + AUTHORITIES + ", found none");
        }
        return new SecretContents(pair, authorities, next(vertx, data, authorities));
    }

    private static byte[] required(Map<String, byte[]> data, String key)
            throws GeneralSecurityException {
        byte[] value = data.get(key);
        if (value == null || value.length == 0) {
            throw new GeneralSecurityException("it must have " + key + ", found none");
        }
        return value;
    }

    private static @Nullable CertificateAndKey next(
            Vertx vertx, Map<String, byte[]> data, List<X509Certificate> authorities) {
        try {
            CertificateAndKey next =
                    CertificateAndKey.parse(
                            vertx, required(data, NEXT_CERT), required(data, NEXT_KEY));
            return isSignedBy(next, authorities) ? next : null;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static boolean isSignedBy(CertificateAndKey pair, List<X509Certificate> authorities) {
        return authorities.stream().anyMatch(authority -> isSignedBy(pair, authority));
    }

    private static boolean isSignedBy(CertificateAndKey pair, X509Certificate authority) {
        try {
            pair.chain().get(0).verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Encodes it as the data of the Secret. */
    Map<String, byte[]> data() throws GeneralSecurityException {
        Map<String, byte[]> data = new HashMap<>();
        put(data, CERT, Pem.of(pair.chain()));
        put(data, KEY, Pem.of(pair.key()));
        put(data, AUTHORITIES, bundle());
        CertificateAndKey nextPair = next;
        if (nextPair != null) {
            put(data, NEXT_CERT, Pem.of(nextPair.chain()));
            put(data, NEXT_KEY, Pem.of(nextPair.key()));
        }
        return data;
    }

    private static void put(Map<String, byte[]> data, String key, String text) {
        data.put(key, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The authorities as PEM, as published to clients. */
    String bundle() throws GeneralSecurityException {
        return Pem.of(authorities);
    }
}
