package dev.enclavemetrics.launcher.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes the requests of one connection. A client sends the same bytes each time, and the same
 * bytes give the same request: those that equal the last one's are not decoded again, which saves
 * most of the garbage that a request makes. On the event loop's thread.
 */
final class RequestDecoder extends HttpRequestDecoder {

    private static final HttpDecoderConfig LIMITS =
            new HttpDecoderConfig()
                    .setMaxInitialLineLength(RequestRules.MAX_LINE_BYTES)
                    .setMaxHeaderSize(RequestRules.MAX_HEADER_BYTES)
                    .setHeadersFactory(BoundedHeaders.FACTORY)
                    .setTrailersFactory(BoundedHeaders.FACTORY);

    private final LastRequest last;

    /** Whether the next byte begins a request: only then do equal bytes mean the same. */
    private boolean between = true;

    RequestDecoder(LastRequest last) {
        super(LIMITS);
        this.last = last;
    }

    /** Whether no part of a request is held. */
    boolean isBetweenRequests() {
        return between;
    }

    /** Both lengths at once are how requests are smuggled (RFC 9112, 6.3). */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (between && message instanceof ByteBuf bytes) {
            HttpRequest same = last.requestOf(bytes);
            if (same != null) {
                bytes.release();
                context.fireChannelRead(same);
                context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
                return;
            }
        }
        super.channelRead(context, message);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> decoded)
            throws Exception {
        boolean fromBeginning = between;
        int begin = bytes.readerIndex();
        between = false; // in the midst of a request, or after one that cannot be decoded
        super.decode(context, bytes, decoded);
        if (decoded.isEmpty()
                || decoded.get(decoded.size() - 1) != LastHttpContent.EMPTY_LAST_CONTENT) {
            return;
        }
        between = true;
        if (fromBeginning
                && decoded.size() == 2
                && decoded.get(0) instanceof HttpRequest request
                && request.decoderResult().isSuccess()
                && !bytes.isReadable()) {
            last.remember(bytes, begin, request);
        }
    }
}
