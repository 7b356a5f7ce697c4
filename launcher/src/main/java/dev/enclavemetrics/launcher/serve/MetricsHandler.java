package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.launcher.snapshot.Counters;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection (stage 7), in order, each when it is complete. Runs on the
 * event loop's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing to do if a close fails
final class MetricsHandler extends ChannelInboundHandlerAdapter {

    /** How long a refused client may continue to send before the connection is closed. */
    private static final long LINGER_NS = 2_000_000_000;

    private final RequestDecoder decoder;
    private final Routes routes;
    private final OpenConnections connections;
    private final Counters counters;
    private final Clock clock;
    private final DateHeader date;

    /** The request that is not complete yet. */
    private @Nullable HttpRequest request;

    private int bodyBytes;
    private int answers; // to the requests of this read
    private boolean waiting; // for the next turn, after several requests in one
    private boolean sending; // the client has not read all answers yet
    private boolean holds; // such answers, or a part of a request
    private boolean finished; // the last answer is written: further input is ignored

    MetricsHandler(
            RequestDecoder decoder,
            Routes routes,
            OpenConnections connections,
            Counters counters,
            Clock clock,
            DateHeader date) {
        this.decoder = decoder;
        this.routes = routes;
        this.connections = connections;
        this.counters = counters;
        this.clock = clock;
        this.date = date;
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
        request = begun;
        bodyBytes = 0;
        Answer refusal = RequestRules.refusal(begun);
        if (refusal != null) {
            refuse(context, refusal);
            return;
        }
        if (HttpUtil.is100ContinueExpected(begun)) {
            context.writeAndFlush(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void proceed(ChannelHandlerContext context, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(context, RequestRules.BAD_BODY);
            return;
        }
        bodyBytes += content.content().readableBytes();
        if (bodyBytes > RequestRules.MAX_BODY_BYTES) {
            refuse(context, RequestRules.TOO_LARGE_BODY);
            return;
        }
        HttpRequest complete = request;
        if (complete != null && content instanceof LastHttpContent) {
            request = null;
            answer(context, complete);
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest complete) {
        if (leavesAnswersUnread(context)) {
            finished = true;
            context.close();
            return;
        }
        long nowNs = clock.nanoTime();
        connections.active(context.channel(), nowNs);
        Answer answer = routes.answer(complete, nowNs);
        boolean keepAlive = !answer.isStream() && HttpUtil.isKeepAlive(complete);
        HttpResponse response = answer.response(complete, keepAlive, date.value());
        counters.httpRequests.incrementAndGet(answer.status().code());
        if (answer.isStream() && !complete.method().equals(HttpMethod.HEAD)) {
            stream(context, response, nowNs);
        } else if (!keepAlive) {
            finished = true;
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.write(response, context.voidPromise());
            answers++;
        }
    }

    /** Whether the client sends requests without reading the answers, which would fill memory. */
    private static boolean leavesAnswersUnread(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            return false;
        }
        context.flush();
        return !context.channel().isWritable();
    }

    /** From now on the connection carries events, until either side ends it. */
    private void stream(ChannelHandlerContext context, HttpResponse head, long nowNs) {
        finished = true;
        connections.streams(context.channel());
        context.write(head, context.voidPromise());
        routes.listen(context.channel(), nowNs);
    }

    /**
     * Answers and ends the connection. It ends the output, but still reads what the client sends:
     * closing with unread input makes the kernel reset the connection, and the client might lose
     * the answer.
     */
    private void refuse(ChannelHandlerContext context, Answer refusal) {
        finished = true;
        counters.httpRequests.incrementAndGet(refusal.status().code());
        long nowNs = clock.nanoTime();
        connections.expire(context.channel(), nowNs + LINGER_NS);
        context.writeAndFlush(refusal.response(request, false, date.value()))
                .addListener(sent -> ((DuplexChannel) context.channel()).shutdownOutput());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        if (answers > 1) {
            waitForNextTurn(context);
        }
        answers = 0;
        ChannelOutboundBuffer unsent = context.channel().unsafe().outboundBuffer();
        if (unsent != null && !unsent.isEmpty() && !sending) {
            sending = true;
            updateReading(context.channel()); // not before the client has read
            context.writeAndFlush(Unpooled.EMPTY_BUFFER) // completes when all before it is sent
                    .addListener(
                            sent -> {
                                sending = false;
                                updateReading(context.channel());
                                updateHolding(context.channel());
                            });
        }
        updateHolding(context.channel());
    }

    /**
     * Pauses a client that pipelines for a millisecond per open connection. Scrapers and probes do
     * not pipeline. So all clients that do get 1,000 turns per second together, and however many
     * they are, a probe has its turn soon.
     */
    private void waitForNextTurn(ChannelHandlerContext context) {
        waiting = true;
        updateReading(context.channel());
        context.executor()
                .schedule(
                        () -> {
                            waiting = false;
                            updateReading(context.channel());
                        },
                        connections.open(),
                        TimeUnit.MILLISECONDS);
    }

    private void updateReading(Channel channel) {
        channel.config().setAutoRead(!waiting && !sending);
    }

    private void updateHolding(Channel channel) {
        boolean now = sending || !decoder.isBetweenRequests();
        if (now != holds) {
            holds = now;
            connections.holds(channel, now);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.closed(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a client that disconnects needs no log line
    }
}
