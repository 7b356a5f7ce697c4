package dev.enclavemetrics.agent.application;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The head of a response, parsed byte by byte. Allocates only for errors. */
final class HttpHead {

    private static final int MAX_LINE_BYTES = 1024;
    private static final int MAX_LENGTH_DIGITS = 12;

    private static final byte[] HTTP_1 = ascii("HTTP/1.");
    private static final byte[] CONTENT_LENGTH = ascii("content-length:");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
    private static final byte[] CONTENT_ENCODING = ascii("content-encoding:");
    private static final byte[] CONTENT_TYPE = ascii("content-type:");
    private static final byte[] CHUNKED = ascii("chunked");
    private static final byte[] IDENTITY = ascii("identity");
    private static final byte[] TEXT = ascii("text/plain");
    private static final byte[] OPEN_METRICS = ascii("application/openmetrics-text");

    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int length;
    private boolean statusRead;
    private boolean complete;
    private boolean chunked;
    private long contentLength;

    void clear() {
        length = 0;
        statusRead = false;
        complete = false;
        chunked = false;
        contentLength = -1;
    }

    boolean isComplete() {
        return complete;
    }

    boolean isChunked() {
        return chunked;
    }

    /** -1 if there is none. */
    long contentLength() {
        return contentLength;
    }

    /**
     * Parses the next byte. The rest of a line that is longer than any relevant header is ignored.
     */
    void take(byte b) throws IOException {
        if (b != '\n') {
            if (length < line.length) {
                line[length++] = b;
            }
            return;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (!statusRead) {
            takeStatus();
            statusRead = true;
        } else if (length == 0) {
            complete = true;
        } else {
            takeHeader();
        }
        length = 0;
    }

    private void takeStatus() throws IOException {
        int status = HTTP_1.length + 2;
        if (!beginsWith(HTTP_1, 0) || length < status + 3) {
            throw new IOException("the answer must be HTTP/1.1, found " + text(0));
        }
        if (line[status] != '2' || line[status + 1] != '0' || line[status + 2] != '0') {
            throw new IOException(
                    "the status must be 200, found "
                            + text(status)
                            + (line[status] == '3' ? "; redirects are not followed" : ""));
        }
    }

    private void takeHeader() throws IOException {
        if (beginsWith(CONTENT_LENGTH, 0)) {
            contentLength = number(value(CONTENT_LENGTH));
        } else if (beginsWith(TRANSFER_ENCODING, 0)) {
            chunked = true;
            require(isValue(TRANSFER_ENCODING, CHUNKED), "the transfer encoding must be chunked");
        } else if (beginsWith(CONTENT_ENCODING, 0)) {
            require(
                    isValue(CONTENT_ENCODING, IDENTITY),
                    "the answer must not be compressed, which was not asked for");
        } else if (beginsWith(CONTENT_TYPE, 0)) {
            require(
                    isValue(CONTENT_TYPE, TEXT) || isValue(CONTENT_TYPE, OPEN_METRICS),
                    "the content type must be text/plain or application/openmetrics-text");
        }
    }

    private void require(boolean holds, String rule) throws IOException {
        if (!holds) {
            throw new IOException(rule + ", found " + text(0));
        }
    }

    private long number(int from) throws IOException {
        long number = 0;
        int i = from;
        for (; i < length && line[i] >= '0' && line[i] <= '9'; i++) {
            number = number * 10 + line[i] - '0';
        }
        require(
                i == length && i > from && i - from <= MAX_LENGTH_DIGITS,
                "the content length must be a number");
        return number;
    }

    /** Where the value of a header begins. */
    private int value(byte[] name) {
        int value = name.length;
        while (value < length && (line[value] == ' ' || line[value] == '\t')) {
            value++;
        }
        return value;
    }

    /** Whether a header has this value, with or without parameters. */
    private boolean isValue(byte[] name, byte[] wanted) {
        int from = value(name);
        int after = from + wanted.length;
        return beginsWith(wanted, from)
                && (after == length || line[after] == ';' || line[after] == ' ');
    }

    private boolean beginsWith(byte[] wanted, int from) {
        if (length - from < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            byte b = line[from + i];
            byte lower = b >= 'A' && b <= 'Z' && wanted[i] >= 'a' ? (byte) (b | 0x20) : b;
            if (lower != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Printable, and not long, for an error. */
    private String text(int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < length && i < from + 60; i++) {
            text.append(line[i] >= ' ' && line[i] < 0x7F ? (char) line[i] : '?');
        }
        return text.length() == 0 ? "nothing" : text.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
