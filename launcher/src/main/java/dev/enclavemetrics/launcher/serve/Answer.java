package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.launcher.render.Format;
import dev.enclavemetrics.launcher.render.JsonBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer to any number of requests. Immutable.
 *
 * @param headers names and values in turn; all but Date and Connection
 * @param body shared by all responses, never released; null where it is a stream, which ends with
 *     the connection
 */
record Answer(HttpResponseStatus status, List<AsciiString> headers, @Nullable ByteBuf body) {

    private static final AsciiString DATE = AsciiString.cached("Date");
    private static final AsciiString CONNECTION = AsciiString.cached("Connection");

    static Answer ok(String contentType, byte[] body) {
        return ok(contentType, Unpooled.wrappedBuffer(body));
    }

    static Answer ok(String contentType, ByteBuf body) {
        return of(HttpResponseStatus.OK, contentType, body);
    }

    static Answer error(HttpResponseStatus status, String message, String reason) {
        byte[] body = JsonBody.error(message, reason);
        return of(status, Format.JSON.contentType(), Unpooled.wrappedBuffer(body));
    }

    private static Answer of(HttpResponseStatus status, String contentType, ByteBuf body) {
        return new Answer(status, List.of(), Unpooled.unreleasableBuffer(body))
                .with("Content-Type", contentType)
                .with("Cache-Control", "no-store")
                .with("Content-Length", Integer.toString(body.readableBytes()));
    }

    /** The head of a stream. */
    static Answer stream(String contentType) {
        return new Answer(HttpResponseStatus.OK, List.of(), null)
                .with("Content-Type", contentType)
                .with("Cache-Control", "no-store");
    }

    /** The same with one more header. */
    Answer with(String name, String value) {
        Stream<AsciiString> more = Stream.of(AsciiString.of(name), AsciiString.of(value));
        return new Answer(status, Stream.concat(headers.stream(), more).toList(), body);
    }

    boolean isStream() {
        return body == null;
    }

    /**
     * The response to one request.
     *
     * @param request null if its method is not known
     * @param date the value of the Date header
     */
    HttpResponse response(@Nullable HttpRequest request, boolean keepAlive, AsciiString date) {
        AsciiString connection = connection(request, keepAlive);
        int count = headers.size();
        CharSequence[] all =
                headers.toArray(new CharSequence[count + (connection == null ? 2 : 4)]);
        all[count] = DATE;
        all[count + 1] = date;
        if (connection != null) {
            all[count + 2] = CONNECTION;
            all[count + 3] = connection;
        }
        HttpHeaders sent = new ReadOnlyHttpHeaders(false, all);
        if (body == null) {
            return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, sent);
        }
        boolean head = request != null && request.method().equals(HttpMethod.HEAD);
        ByteBuf content = head ? Unpooled.EMPTY_BUFFER : body.duplicate();
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, content, sent, EmptyHttpHeaders.INSTANCE);
    }

    /** The value of the Connection header, or null where it is the default of the version. */
    private static @Nullable AsciiString connection(
            @Nullable HttpRequest request, boolean keepAlive) {
        if (!keepAlive) {
            return HttpHeaderValues.CLOSE;
        }
        return request != null && request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                ? HttpHeaderValues.KEEP_ALIVE
                : null;
    }
}
