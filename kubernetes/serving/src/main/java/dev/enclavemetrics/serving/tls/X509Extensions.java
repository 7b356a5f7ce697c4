package dev.enclavemetrics.serving.tls;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;

/** The extensions of a certificate, in DER (RFC 5280, section 4.2). */
final class X509Extensions {

    private static final int IDENTIFIER_BYTES = 20; // any unique value will do
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int KEY_IDENTIFIER = 0x80;
    private static final int DIGITAL_SIGNATURE = 0x80;
    private static final int CERT_AND_CRL_SIGN = 0x06;

    private static final String SUBJECT_KEY_IDENTIFIER = "551d0e";
    private static final String KEY_USAGE = "551d0f";
    private static final String SUBJECT_ALT_NAME = "551d11";
    private static final String BASIC_CONSTRAINTS = "551d13";
    private static final String AUTHORITY_KEY_IDENTIFIER = "551d23";
    private static final String EXTENDED_KEY_USAGE = "551d25";
    private static final String SERVER_AUTH = "2b06010505070301";

    private X509Extensions() {}

    /** For an authority that signs no other authorities. */
    static byte[] ofAuthority(PublicKey key) throws GeneralSecurityException {
        return Der.sequence(
                critical(
                        BASIC_CONSTRAINTS,
                        Der.sequence(Der.isTrue(), Der.integer(BigInteger.ZERO))),
                critical(KEY_USAGE, Der.namedBits(CERT_AND_CRL_SIGN)),
                extension(SUBJECT_KEY_IDENTIFIER, Der.octets(identifier(key))));
    }

    /**
     * For a server certificate.
     *
     * @param names DNS names and IP addresses
     */
    static byte[] ofServer(PublicKey key, PublicKey issuer, List<String> names)
            throws GeneralSecurityException {
        return Der.sequence(
                critical(BASIC_CONSTRAINTS, Der.sequence()),
                critical(KEY_USAGE, Der.namedBits(DIGITAL_SIGNATURE)),
                extension(EXTENDED_KEY_USAGE, Der.sequence(Der.oid(SERVER_AUTH))),
                extension(SUBJECT_ALT_NAME, alternativeNames(names)),
                extension(SUBJECT_KEY_IDENTIFIER, Der.octets(identifier(key))),
                extension(
                        AUTHORITY_KEY_IDENTIFIER,
                        Der.sequence(Der.of(KEY_IDENTIFIER, identifier(issuer)))));
    }

    private static byte[] alternativeNames(List<String> names) {
        return Der.sequence(
                names.stream().map(X509Extensions::alternativeName).toArray(byte[][]::new));
    }

    private static byte[] alternativeName(String name) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
        return address != null
                ? Der.of(IP_ADDRESS, address)
                : Der.of(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
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
