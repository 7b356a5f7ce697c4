package dev.enclavemetrics.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** An open watch: one line per event, or with a WebSocket one frame per event. */
@SuppressWarnings("FutureReturnValueIgnored") // the client reopens a broken watch
final class WatchStream {

    private static final long MAX_S = 1800;

    private final Channel channel;
    private final boolean frames;

    private WatchStream(Channel channel, boolean frames) {
        this.channel = channel;
        this.frames = frames;
    }

    /**
     * Sends the response head, or completes the WebSocket handshake. The stream ends after this
     * many seconds; 0 means the maximum.
     */
    static WatchStream open(Channel channel, FullHttpRequest request, long timeoutS) {
        boolean frames =
                request.headers()
                        .contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        if (frames) {
            WebSocketServerHandshaker handshaker =
                    new WebSocketServerHandshakerFactory(request.uri(), "*", true)
                            .newHandshaker(request);
            handshaker.handshake(channel, request);
            channel.pipeline().addLast(new Control());
        } else {
            HttpResponse head =
                    new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            channel.writeAndFlush(head);
        }
        WatchStream stream = new WatchStream(channel, frames);
        channel.eventLoop()
                .schedule(stream::end, timeoutS > 0 ? timeoutS : MAX_S, TimeUnit.SECONDS);
        return stream;
    }

    /** Sends an event. May be called from any thread; the order of the calls is kept. */
    void send(CharSequence event) {
        ByteBuf bytes = ByteBufUtil.writeUtf8(channel.alloc(), event + "\n");
        channel.writeAndFlush(
                frames ? new TextWebSocketFrame(bytes) : new DefaultHttpContent(bytes));
    }

    /**
     * Ends the watch of a client that requests changes that are no longer, or not yet, available.
     */
    void refuse(String message) {
        send("{\"type\":\"ERROR\",\"object\":" + status(410, "Expired", message) + "}");
        end();
    }

    /** A Kubernetes Status, for a failure. */
    static String status(int code, String reason, String message) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code)
                .toString();
    }

    private void end() {
        channel.writeAndFlush(
                        frames ? new CloseWebSocketFrame() : LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Handles the client's WebSocket frames: pings and close. */
    private static final class Control extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof PingWebSocketFrame) {
                context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            } else if (frame instanceof CloseWebSocketFrame) {
                context.writeAndFlush(new CloseWebSocketFrame())
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }
    }
}
