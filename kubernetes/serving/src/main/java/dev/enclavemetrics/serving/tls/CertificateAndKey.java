package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Timestamps;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate chain and the private key of its first certificate.
 *
 * @param keyType RSA or EC
 */
public record CertificateAndKey(List<X509Certificate> chain, PrivateKey key, String keyType) {

    private static final List<String> KEY_TYPES = List.of("EC", "RSA");
    private static final char[] NO_PASSWORD = {};
    private static final byte[] PROBE = {1, 2, 3, 4};

    public CertificateAndKey {
        chain = List.copyOf(chain);
    }

    /**
     * Reads PEM; keys as PKCS #8, PKCS #1 or SEC 1.
     *
     * @throws GeneralSecurityException that says why they are not a pair
     */
    static CertificateAndKey parse(Vertx vertx, byte[] chainPem, byte[] keyPem)
            throws GeneralSecurityException {
        KeyManager[] managers;
        try {
            managers =
                    new PemKeyCertOptions()
                            .setCertValue(Buffer.buffer(chainPem))
                            .setKeyValue(Buffer.buffer(keyPem))
                            .getKeyManagerFactory(vertx)
                            .getKeyManagers();
        } catch (Exception e) { // checked exceptions of many kinds, or unexpected ones of parsers
            throw new GeneralSecurityException("both must be PEM, found: " + e, e);
        }
        for (KeyManager manager : managers) {
            for (String type : KEY_TYPES) {
                String[] aliases = ((X509KeyManager) manager).getServerAliases(type, null);
                if (aliases != null && aliases.length > 0) {
                    return checked((X509KeyManager) manager, aliases[0], type);
                }
            }
        }
        throw new GeneralSecurityException("the key must be RSA or EC, found neither");
    }

    private static CertificateAndKey checked(X509KeyManager manager, String alias, String type)
            throws GeneralSecurityException {
        CertificateAndKey pair =
                new CertificateAndKey(
                        List.of(Objects.requireNonNull(manager.getCertificateChain(alias))),
                        Objects.requireNonNull(manager.getPrivateKey(alias)),
                        type);
        Signature signature =
                Signature.getInstance("SHA256with" + (type.equals("EC") ? "ECDSA" : type));
        signature.initSign(pair.key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(pair.chain.get(0).getPublicKey());
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key must be the certificate's, found another");
        }
        return pair;
    }

    /** For a server's TLS. */
    public KeyCertOptions keys() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("pair", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return KeyCertOptions.wrap((X509KeyManager) factory.getKeyManagers()[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK must take a pair that was checked", e);
        }
    }

    /** The end of validity of its first certificate. */
    Instant expiry() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** For the log, without the key. */
    @Override
    public String toString() {
        return "the certificate of "
                + chain.get(0).getSubjectX500Principal().getName()
                + ", valid until "
                + Timestamps.seconds(expiry());
    }
}
