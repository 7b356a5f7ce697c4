package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.launcher.render.Format;
import dev.enclavemetrics.launcher.render.JsonBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One HTTP answer, but for what a request decides: the connection's fate, and body or none. */
final class Answer {

    /** What becomes of the connection, and the header line that says so where one is needed. */
    enum Connection {
        KEPT(""),
        /** An HTTP/1.0 client that asked for it must be told. */
        KEPT_FOR_HTTP_1_0("Connection: keep-alive\r\n"),
        CLOSED("Connection: close\r\n");

        private final String header;

        Connection(String header) {
            this.header = header;
        }
    }

    /** IMF-fixdate of RFC 9110, 5.6.7. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private static final String NO_STORE = "Cache-Control: no-store\r\n";

    private final HttpResponseStatus status;
    private final String headers;

    /** Null where the body is a stream, which the connection's end ends. */
    private final @Nullable ByteBuf body;

    private Answer(HttpResponseStatus status, String headers, @Nullable ByteBuf body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static Answer ok(String contentType, byte[] body) {
        return shared(contentType, Unpooled.wrappedBuffer(body));
    }

    /** One whose body is sent from where it is, if that is a direct buffer, and never copied. */
    static Answer shared(String contentType, ByteBuf body) {
        return new Answer(HttpResponseStatus.OK, headers(contentType), body);
    }

    /** The head of a stream that others write. */
    static Answer stream(String contentType) {
        return new Answer(HttpResponseStatus.OK, headers(contentType), null);
    }

    static Answer error(HttpResponseStatus status, String message, String reason) {
        return new Answer(
                status,
                headers(Format.JSON.contentType()),
                Unpooled.wrappedBuffer(JsonBody.error(message, reason)));
    }

    private static String headers(String contentType) {
        return "Content-Type: " + contentType + "\r\n" + NO_STORE;
    }

    /** The same with one more header. */
    Answer with(String name, String value) {
        return new Answer(status, headers + name + ": " + value + "\r\n", body);
    }

    boolean isStream() {
        return body == null;
    }

    int code() {
        return status.code();
    }

    /** All bytes of the answer, in a buffer that is the caller's to release. */
    ByteBuf bytes(Connection connection, boolean withBody, Instant date) {
        int bodyBytes = body == null ? 0 : body.readableBytes();
        String head =
                "HTTP/1.1 "
                        + status
                        + "\r\nDate: "
                        + DATE.format(date)
                        + "\r\n"
                        + headers
                        + (body == null ? "" : "Content-Length: " + bodyBytes + "\r\n")
                        + connection.header
                        + "\r\n";
        ByteBuf sent = withBody ? body : null;
        boolean copied = sent != null && !sent.isDirect();
        ByteBuf bytes = Unpooled.directBuffer(head.length() + (copied ? bodyBytes : 0));
        bytes.writeCharSequence(head, StandardCharsets.US_ASCII);
        if (sent == null) {
            return bytes;
        }
        return copied
                ? bytes.writeBytes(sent.duplicate())
                : Unpooled.wrappedBuffer(bytes, sent.duplicate());
    }
}
