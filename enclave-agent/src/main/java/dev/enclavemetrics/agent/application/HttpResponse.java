package dev.enclavemetrics.agent.application;

import dev.enclavemetrics.transport.Connection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A response over HTTP/1.1 (RFC 9112): its head, then its body by Content-Length, in chunks, or up
 * to the end of the connection. One instance is reused for all readings.
 */
final class HttpResponse implements Body {

    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final int MAX_CHUNK_DIGITS = 8;
    private static final long TO_THE_END = Long.MAX_VALUE;

    private final byte[] received = new byte[16 << 10];
    private int at;
    private int end;

    private @Nullable Connection connection;
    private @Nullable Deadline deadline;
    private final HttpHead head = new HttpHead();
    private long left;
    private boolean chunked;
    private boolean lastChunk;

    void start(Connection opened, Deadline until) {
        connection = opened;
        deadline = until;
        at = 0;
        end = 0;
    }

    /** Sends the request, and reads the head of the response. */
    void exchange(byte[] request) throws IOException {
        open().send(request, 0, request.length);
        head.clear();
        int bytes = 0;
        while (!head.isComplete()) {
            if (++bytes > MAX_HEAD_BYTES) {
                throw new IOException(
                        "the answer's header must be at most " + MAX_HEAD_BYTES + " bytes");
            }
            head.take(next());
        }
        chunked = head.isChunked();
        lastChunk = false;
        left = chunked ? 0 : head.contentLength() < 0 ? TO_THE_END : head.contentLength();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0 && !(chunked && nextChunk())) {
            return -1;
        }
        if (at == end && !fill()) {
            if (left == TO_THE_END) {
                return -1;
            }
            throw new IOException("the answer ended before its last byte");
        }
        int count = (int) Math.min(left, Math.min(length, end - at));
        System.arraycopy(received, at, into, offset, count);
        at += count;
        left -= left == TO_THE_END ? 0 : count;
        if (chunked && left == 0) {
            requireLineEnd();
        }
        return count;
    }

    /** Reads the size of the next chunk; false after the last one. */
    private boolean nextChunk() throws IOException {
        if (lastChunk) {
            return false;
        }
        long size = 0;
        int digits = 0;
        int digit;
        byte b = next();
        while ((digit = Character.digit(b, 16)) >= 0) {
            size = size * 16 + digit;
            if (++digits > MAX_CHUNK_DIGITS) {
                throw new IOException("a chunk must have a size of at most 8 digits");
            }
            b = next();
        }
        if (digits == 0) {
            throw new IOException("a chunk must begin with its size");
        }
        for (int skipped = 0; b != '\n'; skipped++) { // an extension
            if (skipped > MAX_HEAD_BYTES) {
                throw new IOException("a chunk's extension is too long");
            }
            b = next();
        }
        left = size;
        lastChunk = size == 0; // trailers may follow, and are not read
        return !lastChunk;
    }

    private void requireLineEnd() throws IOException {
        byte b = next();
        if (b == '\r') {
            b = next();
        }
        if (b != '\n') {
            throw new IOException("a chunk must end with a line end");
        }
    }

    private byte next() throws IOException {
        if (at == end && !fill()) {
            throw new IOException("the answer ended before its last byte");
        }
        return received[at++];
    }

    /** False at the end of the connection. */
    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, open().receiveSome(received, 0, received.length));
        if (deadline != null) {
            deadline.check();
        }
        return end > 0;
    }

    private Connection open() throws IOException {
        Connection open = connection;
        if (open == null) {
            throw new IOException("the connection is closed");
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
