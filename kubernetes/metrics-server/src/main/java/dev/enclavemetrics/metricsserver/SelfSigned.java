package dev.enclavemetrics.metricsserver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Makes a certificate that signs itself, in memory: the JDK has a parser of X.509 but no public
 * writer, and of all that such a writer knows this needs little (RFC 5280, DER by hand).
 */
final class SelfSigned {

    static final String NAME = "enclave-metrics-server";

    private static final Duration LIFE = Duration.ofDays(3650); // gone with the process anyway
    private static final Duration SKEW = Duration.ofHours(1);
    private static final int SERIAL_BITS = 120;

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OID = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int DNS_NAME = 0x82;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03}; // 2.5.4.3
    private static final byte[] SUBJECT_ALT_NAME = {0x55, 0x1d, 0x11}; // 2.5.29.17
    private static final byte[] ECDSA_WITH_SHA256 = { // 1.2.840.10045.4.3.2
        0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
    };
    private static final byte[] VERSION_3 = {2};
    private static final byte[] NO_UNUSED_BITS = {0};

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SelfSigned() {}

    static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static X509Certificate certificate(KeyPair keys, Instant now) throws GeneralSecurityException {
        byte[] algorithm = der(SEQUENCE, der(OID, ECDSA_WITH_SHA256));
        byte[] name = name();
        byte[] body =
                der(
                        SEQUENCE,
                        der(VERSION, der(INTEGER, VERSION_3)),
                        der(INTEGER, new BigInteger(SERIAL_BITS, new SecureRandom()).toByteArray()),
                        algorithm,
                        name,
                        der(SEQUENCE, time(now.minus(SKEW)), time(now.plus(LIFE))),
                        name,
                        keys.getPublic().getEncoded(),
                        der(EXTENSIONS, der(SEQUENCE, alternativeNames())));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] certificate =
                der(SEQUENCE, body, algorithm, der(BIT_STRING, NO_UNUSED_BITS, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] name() {
        return der(
                SEQUENCE,
                der(SET, der(SEQUENCE, der(OID, COMMON_NAME), der(UTF8_STRING, ascii(NAME)))));
    }

    private static byte[] alternativeNames() {
        byte[] names = der(SEQUENCE, der(DNS_NAME, ascii(NAME)), der(DNS_NAME, ascii("localhost")));
        return der(SEQUENCE, der(OID, SUBJECT_ALT_NAME), der(OCTET_STRING, names));
    }

    private static byte[] time(Instant time) {
        return der(GENERALIZED_TIME, ascii(TIME.format(time)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A tag, the length, the parts. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream whole = new ByteArrayOutputStream(length + 4);
        whole.write(tag);
        if (length >= 0x100) {
            whole.write(0x82);
            whole.write(length >> 8);
        } else if (length >= 0x80) {
            whole.write(0x81);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
