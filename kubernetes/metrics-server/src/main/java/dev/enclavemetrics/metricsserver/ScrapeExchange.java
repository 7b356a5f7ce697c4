package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.process.Clock;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to one launcher, which is trusted with nothing: time, bytes and values are bounded,
 * and whatever goes wrong is one result. Confined to its loop.
 */
final class ScrapeExchange extends SimpleChannelInboundHandler<HttpObject> {

    static final int MOST_BODY_BYTES = 64 * 1024;

    private static final String PATH = "/metrics";
    private static final ScrapeResult BROKEN =
            ScrapeResult.failure("BadAnswer", "it must be HTTP/1.1 to its end");

    /** What is waited for, and the word for having waited in vain. */
    private enum Stage {
        CONNECT("ConnectTimeout"),
        ANSWER("AnswerTimeout"),
        BODY("BodyTimeout");

        private final String timeoutWord;

        Stage(String timeoutWord) {
            this.timeoutWord = timeoutWord;
        }
    }

    private final InetSocketAddress address;
    private final Clock clock;
    private final int timeoutMs;
    private final Consumer<ScrapeResult> done;
    private final ScheduledFuture<?> timer;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

    private Stage stage = Stage.CONNECT;
    private boolean ended;
    private @Nullable ChannelHandlerContext context;
    private int status;

    ScrapeExchange(
            InetSocketAddress address,
            Clock clock,
            EventLoop loop,
            int timeoutMs,
            Consumer<ScrapeResult> done) {
        this.address = address;
        this.clock = clock;
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
            close(context); // it came too late
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
        if (part.decoderResult().isFailure()) {
            end(BROKEN);
            return;
        }
        if (part instanceof HttpResponse response) {
            begin(response);
        }
        if (part instanceof HttpContent content && status > 0 && !ended) {
            take(content);
        }
    }

    private void begin(HttpResponse response) {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return; // the answer itself is to come
        }
        stage = Stage.BODY;
        status = response.status().code();
        if (status != HttpResponseStatus.OK.code()) {
            return;
        }
        String type = String.valueOf(response.headers().get(HttpHeaderNames.CONTENT_TYPE));
        if (!type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("application/json")) {
            end(ScrapeResult.failure("BadContentType", "it must be application/json"));
        } else if (response.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
            end(ScrapeResult.failure("BadContentType", "it must have no Content-Encoding"));
        }
    }

    private void take(HttpContent content) throws IOException {
        int bytes = content.content().readableBytes();
        if (body.size() + bytes > MOST_BODY_BYTES) {
            end(ScrapeResult.failure("BodyTooLarge", "it must be 65536 bytes at most"));
            return;
        }
        content.content().readBytes(body, bytes);
        if (content instanceof LastHttpContent) {
            end(
                    status == HttpResponseStatus.OK.code()
                            ? LauncherJson.usage(body.toByteArray(), clock.instant())
                            : ScrapeResult.status(status, LauncherJson.reason(body.toByteArray())));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(BROKEN);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        end(BROKEN);
    }

    /** Gives up, wherever it stands. */
    void timedOut() {
        end(ScrapeResult.failure(stage.timeoutWord, "after " + timeoutMs + " ms"));
    }

    /** The first result counts; whatever is still on its way is cut off. */
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

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private static void close(ChannelHandlerContext context) {
        context.close();
    }
}
