package dev.enclavemetrics.metricsserver.json;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes JSON into an array that is reused: an answer of thousands of items allocates nothing but
 * its body. For one thread.
 */
public final class JsonBytes {

    private static final int FIRST_BYTES = 512;

    /** A larger array, needed once for thousands of pods, is not kept. */
    private static final int MAX_KEPT_BYTES = 1 << 20;

    private static final int MAX_BYTES_PER_CHAR = 6; // of an escape
    private static final int SECONDS_PER_DAY = 86_400;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** The last day that was written: most times of an answer are of the same day. */
    private long day;

    private byte[] date = date(0);

    /** Starts again with an empty array. */
    public JsonBytes clear() {
        length = 0;
        if (bytes.length > MAX_KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        return this;
    }

    /** Appends bytes unchanged. */
    public JsonBytes raw(byte[] piece) {
        ensure(piece.length);
        System.arraycopy(piece, 0, bytes, length, piece.length);
        length += piece.length;
        return this;
    }

    /** Appends ASCII text unchanged. */
    public JsonBytes raw(String piece) {
        return raw(piece.getBytes(StandardCharsets.US_ASCII));
    }

    /** The inside of a JSON string; everything but printable ASCII is escaped. */
    public JsonBytes text(String text) {
        ensure(text.length() * MAX_BYTES_PER_CHAR);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                raw(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return this;
    }

    /**
     * A JSON number.
     *
     * @param value not negative
     */
    public JsonBytes number(int value) {
        if (value > 9) {
            number(value / 10);
        }
        return digit(value % 10);
    }

    /** A time inside a JSON string, to the second, as Kubernetes writes its own. */
    public JsonBytes seconds(Instant time) {
        long second = time.getEpochSecond();
        if (Math.floorDiv(second, SECONDS_PER_DAY) != day) {
            day = Math.floorDiv(second, SECONDS_PER_DAY);
            date = date(day);
        }
        int ofDay = Math.floorMod(second, SECONDS_PER_DAY);
        raw(date).twoDigits(ofDay / 3600).put(':').twoDigits(ofDay / 60 % 60);
        return put(':').twoDigits(ofDay % 60).put('Z');
    }

    private static byte[] date(long day) {
        return (LocalDate.ofEpochDay(day) + "T").getBytes(StandardCharsets.US_ASCII);
    }

    private JsonBytes twoDigits(int value) {
        return digit(value / 10).digit(value % 10);
    }

    private JsonBytes digit(int value) {
        return put((char) ('0' + value));
    }

    private JsonBytes put(char c) {
        ensure(1);
        bytes[length++] = (byte) c;
        return this;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    public Buffer toBuffer() {
        return Buffer.buffer(length).appendBytes(bytes, 0, length);
    }
}
