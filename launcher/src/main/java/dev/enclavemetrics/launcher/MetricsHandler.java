package dev.enclavemetrics.launcher;

import dev.enclavemetrics.launcher.Answer.Connection;
import dev.enclavemetrics.process.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection (stage 7), each once it is complete, in their order. On
 * the event loop's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class MetricsHandler extends ChannelInboundHandlerAdapter {

    /** How long a refused client may go on sending before it is cut off. */
    private static final long LINGER_NS = 2_000_000_000;

    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Routes routes;
    private final OpenConnections connections;
    private final Counters counters;
    private final Clock clock;

    /** The request whose end is awaited. */
    private @Nullable HttpRequest request;

    private int bodyBytes;
    private boolean finished; // the last answer is on its way: what still comes is not read

    MetricsHandler(Routes routes, OpenConnections connections, Counters counters, Clock clock) {
        this.routes = routes;
        this.connections = connections;
        this.counters = counters;
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!finished && message instanceof HttpRequest begun) {
                begin(context, begun);
            }
            if (!finished && message instanceof HttpContent content) {
                proceed(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest begun) {
        Answer refusal = RequestRules.refusal(begun);
        if (refusal != null) {
            refuse(context, refusal);
            return;
        }
        request = begun;
        bodyBytes = 0;
        if (HttpUtil.is100ContinueExpected(begun)) {
            context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE), context.voidPromise());
        }
    }

    private void proceed(ChannelHandlerContext context, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(context, RequestRules.badRequest("the body must be as its headers say"));
            return;
        }
        bodyBytes += content.content().readableBytes();
        if (bodyBytes > RequestRules.MAX_BODY_BYTES) {
            refuse(context, RequestRules.tooLargeBody());
            return;
        }
        HttpRequest complete = request;
        if (complete != null && content instanceof LastHttpContent) {
            request = null;
            answer(context, complete);
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest complete) {
        long nowNs = clock.nanoTime();
        connections.active(context.channel(), nowNs);
        boolean withBody = !complete.method().equals(HttpMethod.HEAD);
        PreparedAnswer prepared = routes.prepared(complete, nowNs);
        Answer answer = prepared != null ? prepared.answer() : routes.answer(complete, nowNs);
        Connection connection = answer.isStream() ? Connection.CLOSED : connection(complete);
        ByteBuf bytes =
                prepared != null && withBody && connection == Connection.KEPT
                        ? prepared.bytes(nowNs)
                        : answer.bytes(connection, withBody, clock.instant());
        counters.httpRequests.incrementAndGet(answer.code());
        if (answer.isStream() && withBody) {
            stream(context, bytes, nowNs);
            return;
        }
        if (connection == Connection.CLOSED) {
            finished = true;
            context.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        context.write(bytes, context.voidPromise());
        if (!context.channel().isWritable()) {
            context.channel().config().setAutoRead(false); // until the client reads
        }
    }

    /** The connection is the events' from now on, until either side ends it. */
    private void stream(ChannelHandlerContext context, ByteBuf head, long nowNs) {
        finished = true;
        connections.streams(context.channel(), nowNs);
        context.write(head, context.voidPromise());
        routes.listen(context.channel(), nowNs);
    }

    private static Connection connection(HttpRequest request) {
        if (!HttpUtil.isKeepAlive(request)) {
            return Connection.CLOSED;
        }
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                ? Connection.KEPT_FOR_HTTP_1_0
                : Connection.KEPT;
    }

    /**
     * Answers and ends the connection: sends the end of the stream, but still takes what the client
     * sends, since closing on unread bytes makes the kernel reset the connection, and the client
     * might lose the answer.
     */
    private void refuse(ChannelHandlerContext context, Answer refusal) {
        finished = true;
        counters.httpRequests.incrementAndGet(refusal.code());
        connections.expire(context.channel(), clock.nanoTime() + LINGER_NS);
        context.writeAndFlush(refusal.bytes(Connection.CLOSED, true, clock.instant()))
                .addListener(sent -> ((DuplexChannel) context.channel()).shutdownOutput());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.left(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a client that went away is no event
    }
}
