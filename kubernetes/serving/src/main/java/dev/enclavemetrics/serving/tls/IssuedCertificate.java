package dev.enclavemetrics.serving.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * A new certificate and the authority that signed it. The JDK parses X.509 but has no public
 * encoder, and only a small part of it is needed here (RFC 5280).
 *
 * <p>The authority signs this one certificate, and its key is discarded: it cannot be stolen, and
 * every renewal creates a new authority.
 */
public record IssuedCertificate(X509Certificate authority, CertificateAndKey pair) {

    private static final Duration SKEW =
            Duration.ofHours(1); // tolerance for other machines' clocks
    private static final int SERIAL_BITS = 120;
    private static final int SUFFIX_BYTES = 4;
    private static final int MAX_NAME_CHARS = 64; // of a common name
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    private static final String COMMON_NAME = "550403";
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("2a8648ce3d040302"));

    /** An issuer or subject: a common name and its keys. */
    private record Party(String name, KeyPair keys) {
        PublicKey key() {
            return keys.getPublic();
        }
    }

    /**
     * Creates both.
     *
     * @param names DNS names and IP addresses
     */
    public static IssuedCertificate make(List<String> names, Instant now, Duration life)
            throws GeneralSecurityException {
        byte[] suffix = new byte[SUFFIX_BYTES];
        new SecureRandom().nextBytes(suffix);
        // A different name each time, since verifiers look up authorities by name.
        Party issuer =
                new Party("enclave-metrics-ca-" + HexFormat.of().formatHex(suffix), newKeys());
        String first = names.get(0);
        Party subject =
                new Party(first.length() <= MAX_NAME_CHARS ? first : "enclave-metrics", newKeys());
        Instant from = now.minus(SKEW);
        Instant to = now.plus(life);
        X509Certificate authority =
                sign(issuer, issuer, from, to, X509Extensions.ofAuthority(issuer.key()));
        X509Certificate certificate =
                sign(
                        subject,
                        issuer,
                        from,
                        to,
                        X509Extensions.ofServer(subject.key(), issuer.key(), names));
        return new IssuedCertificate(
                authority,
                new CertificateAndKey(List.of(certificate), subject.keys.getPrivate(), "EC"));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(
            Party subject, Party issuer, Instant from, Instant to, byte[] extensions)
            throws GeneralSecurityException {
        byte[] body =
                Der.sequence(
                        Der.of(VERSION, Der.integer(BigInteger.TWO)), // means version 3
                        Der.integer(serial()),
                        ECDSA_WITH_SHA256,
                        name(issuer.name),
                        Der.sequence(Der.time(from), Der.time(to)),
                        name(subject.name),
                        subject.key().getEncoded(),
                        Der.of(EXTENSIONS, extensions));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuer.keys.getPrivate());
        signature.update(body);
        byte[] certificate = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate));
    }

    /** Always positive. */
    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
    }

    private static byte[] name(String commonName) {
        byte[] attribute = Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName));
        return Der.sequence(Der.of(Der.SET, attribute));
    }
}
