package dev.enclavemetrics.serving.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** Encodes the part of DER (X.690) that certificates need. */
final class Der {

    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OID = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;

    private static final byte[] TRUE = {(byte) 0xff};
    private static final byte[] NO_UNUSED_BITS = {0};

    private static final Instant END_OF_SHORT_YEARS = Instant.parse("2050-01-01T00:00:00Z");
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return of(SEQUENCE, parts);
    }

    static byte[] isTrue() {
        return of(BOOLEAN, TRUE);
    }

    static byte[] integer(BigInteger number) {
        return of(INTEGER, number.toByteArray());
    }

    static byte[] bits(byte[] bytes) {
        return of(BIT_STRING, NO_UNUSED_BITS, bytes);
    }

    /** A named bit list of up to eight bits; DER drops trailing zero bits. */
    static byte[] namedBits(int bits) {
        return of(BIT_STRING, new byte[] {(byte) Integer.numberOfTrailingZeros(bits), (byte) bits});
    }

    static byte[] octets(byte[] bytes) {
        return of(OCTET_STRING, bytes);
    }

    /** An object identifier, its content in hexadecimal. */
    static byte[] oid(String hex) {
        return of(OID, HexFormat.of().parseHex(hex));
    }

    static byte[] text(String text) {
        return of(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** UTCTime before 2050, then GeneralizedTime, as RFC 5280 requires. */
    static byte[] time(Instant time) {
        return time.isBefore(END_OF_SHORT_YEARS)
                ? of(UTC_TIME, SHORT_TIME.format(time).getBytes(StandardCharsets.US_ASCII))
                : of(GENERALIZED_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** A tag, the length, the parts. */
    static byte[] of(int tag, byte[]... parts) {
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
