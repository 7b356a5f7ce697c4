package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.bootstrap.Clock;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to one launcher, which is not trusted: time, size and values are bounded, and any
 * failure is a result. Confined to its event loop.
 */
final class ScrapeExchange extends SimpleChannelInboundHandler<HttpObject> {

    private static final String PATH = "/metrics";

    /** The step that is awaited, and the reason if it times out. */
    private enum Stage {
        CONNECT("ConnectTimeout"),
        ANSWER("AnswerTimeout"),
        BODY("BodyTimeout");

        private final String timeoutReason;

        Stage(String timeoutReason) {
            this.timeoutReason = timeoutReason;
        }
    }

    private final InetSocketAddress address;
    private final int timeoutMs;
    private final Consumer<ScrapeResult> done;
    private final ScheduledFuture<?> timer;
    private final ScrapeAnswer answer;

    private Stage stage = Stage.CONNECT;
    private boolean ended;
    private @Nullable ChannelHandlerContext context;

    ScrapeExchange(
            InetSocketAddress address,
            Clock clock,
            EventLoop loop,
            int timeoutMs,
            Consumer<ScrapeResult> done) {
        this.address = address;
        answer = new ScrapeAnswer(clock);
        this.timeoutMs = timeoutMs;
        this.done = done;
        timer = loop.schedule(this::timedOut, timeoutMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (ended) {
            close(context); // connected after the timeout
            return;
        }
        stage = Stage.ANSWER;
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, PATH);
        request.headers()
                .set(HttpHeaderNames.HOST, NetUtil.toSocketAddressString(address))
                .set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(request).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
        if (ended) {
            return;
        }
        ScrapeResult result = answer.take(part);
        if (answer.hasBegun()) {
            stage = Stage.BODY;
        }
        if (result != null) {
            end(result);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(ScrapeAnswer.BROKEN);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        end(ScrapeAnswer.BROKEN);
    }

    /** Ends the scrape, at whatever stage it is. */
    void timedOut() {
        end(ScrapeResult.failure(stage.timeoutReason, "after " + timeoutMs + " ms"));
    }

    /** The first result counts; the connection is closed. */
    void end(ScrapeResult result) {
        if (ended) {
            return;
        }
        ended = true;
        timer.cancel(false);
        if (context != null) {
            close(context);
        }
        done.accept(result);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on it
    private static void close(ChannelHandlerContext context) {
        context.close();
    }
}
