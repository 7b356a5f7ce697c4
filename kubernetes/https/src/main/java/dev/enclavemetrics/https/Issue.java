package dev.enclavemetrics.https;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate and the authority that signed it, both just made: the JDK has a parser of X.509 but
 * no public writer, and of all that such a writer knows this needs little (RFC 5280).
 *
 * <p>The authority signs this one certificate and its key is forgotten: nobody can steal it, and
 * every renewal goes the same way, that of a new authority.
 */
record Issue(X509Certificate authority, ServingPair pair) {

    private static final Duration SKEW = Duration.ofHours(1); // of other machines' clocks
    private static final int SERIAL_BITS = 120;
    private static final int MARK_BYTES = 4;
    private static final int IDENTIFIER_BYTES = 20; // any name of the key will do
    private static final int MOST_NAME_CHARS = 64; // of a common name
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int KEY_IDENTIFIER = 0x80;
    private static final int DIGITAL_SIGNATURE = 0x80;
    private static final int CERT_AND_CRL_SIGN = 0x06;

    private static final String COMMON_NAME = "550403";
    private static final String SUBJECT_KEY_IDENTIFIER = "551d0e";
    private static final String KEY_USAGE = "551d0f";
    private static final String SUBJECT_ALT_NAME = "551d11";
    private static final String BASIC_CONSTRAINTS = "551d13";
    private static final String AUTHORITY_KEY_IDENTIFIER = "551d23";
    private static final String EXTENDED_KEY_USAGE = "551d25";
    private static final String SERVER_AUTH = "2b06010505070301";
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("2a8648ce3d040302"));

    /** A name and a key, as certificates mention them. */
    private record Party(String name, KeyPair keys) {}

    /**
     * Makes both.
     *
     * @param names DNS names and IP addresses
     */
    static Issue make(List<String> names, Instant now, Duration life)
            throws GeneralSecurityException {
        byte[] mark = new byte[MARK_BYTES];
        new SecureRandom().nextBytes(mark);
        // Named differently each time: verifiers look authorities up by their names.
        Party issuer = new Party("enclave-metrics-ca-" + HexFormat.of().formatHex(mark), newKeys());
        String first = names.get(0);
        Party subject =
                new Party(first.length() <= MOST_NAME_CHARS ? first : "enclave-metrics", newKeys());
        Instant from = now.minus(SKEW);
        Instant to = now.plus(life);
        X509Certificate authority =
                sign(
                        issuer,
                        issuer,
                        from,
                        to,
                        critical(
                                BASIC_CONSTRAINTS,
                                Der.sequence(Der.isTrue(), Der.integer(BigInteger.ZERO))),
                        critical(KEY_USAGE, Der.namedBits(CERT_AND_CRL_SIGN)),
                        extension(SUBJECT_KEY_IDENTIFIER, Der.octets(identifier(issuer))));
        X509Certificate certificate =
                sign(
                        subject,
                        issuer,
                        from,
                        to,
                        critical(BASIC_CONSTRAINTS, Der.sequence()),
                        critical(KEY_USAGE, Der.namedBits(DIGITAL_SIGNATURE)),
                        extension(EXTENDED_KEY_USAGE, Der.sequence(Der.oid(SERVER_AUTH))),
                        extension(SUBJECT_ALT_NAME, alternativeNames(names)),
                        extension(SUBJECT_KEY_IDENTIFIER, Der.octets(identifier(subject))),
                        extension(
                                AUTHORITY_KEY_IDENTIFIER,
                                Der.sequence(Der.of(KEY_IDENTIFIER, identifier(issuer)))));
        return new Issue(
                authority, new ServingPair(List.of(certificate), subject.keys.getPrivate(), "EC"));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(
            Party subject, Party issuer, Instant from, Instant to, byte[]... extensions)
            throws GeneralSecurityException {
        byte[] body =
                Der.sequence(
                        Der.of(VERSION, Der.integer(BigInteger.TWO)), // which is 3
                        Der.integer(serial()),
                        ECDSA_WITH_SHA256,
                        name(issuer.name),
                        Der.sequence(Der.time(from), Der.time(to)),
                        name(subject.name),
                        subject.keys.getPublic().getEncoded(),
                        Der.of(EXTENSIONS, Der.sequence(extensions)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuer.keys.getPrivate());
        signature.update(body);
        byte[] certificate = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate));
    }

    /** Positive, whatever the chance. */
    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
    }

    private static byte[] name(String commonName) {
        byte[] attribute = Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName));
        return Der.sequence(Der.of(Der.SET, attribute));
    }

    private static byte[] alternativeNames(List<String> names) {
        return Der.sequence(names.stream().map(Issue::alternativeName).toArray(byte[][]::new));
    }

    private static byte[] alternativeName(String name) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
        return address != null
                ? Der.of(IP_ADDRESS, address)
                : Der.of(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] identifier(Party party) throws GeneralSecurityException {
        PublicKey key = party.keys.getPublic();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return Arrays.copyOf(digest, IDENTIFIER_BYTES);
    }

    private static byte[] extension(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] critical(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.isTrue(), Der.octets(value));
    }
}
