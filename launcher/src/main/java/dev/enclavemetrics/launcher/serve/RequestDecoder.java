package dev.enclavemetrics.launcher.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Netty's decoder of requests, bounded, and stricter in one rule. */
final class RequestDecoder extends HttpRequestDecoder {

    private static final HttpDecoderConfig LIMITS =
            new HttpDecoderConfig()
                    .setMaxInitialLineLength(RequestRules.MAX_LINE_BYTES)
                    .setMaxHeaderSize(RequestRules.MAX_HEADER_BYTES)
                    .setHeadersFactory(BoundedHeaders.FACTORY)
                    .setTrailersFactory(BoundedHeaders.FACTORY);

    private boolean between = true;

    RequestDecoder() {
        super(LIMITS);
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
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> decoded)
            throws Exception {
        super.decode(context, bytes, decoded);
        between = !decoded.isEmpty() && decoded.get(decoded.size() - 1) instanceof LastHttpContent;
    }
}
