package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Scrapes launchers over HTTP, with a new connection each time: kept connections to 20,000 peers
 * would cost more memory than one connect per interval costs time. Confined to its event loop.
 */
final class HttpPodScraper implements PodScraper {

    private static final int MAX_LINE_BYTES = 1024;
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int READ_BYTES = 2 * 1024;
    private static final int INITIAL_HEADER_BYTES = 128;

    private final EventLoop loop;
    private final Bootstrap connections;
    private final int timeoutMs;
    private final Clock clock;

    HttpPodScraper(EventLoop loop, ScrapeConfig config, Clock clock) {
        this(loop, config, clock, NioSocketChannel::new);
    }

    HttpPodScraper(
            EventLoop loop,
            ScrapeConfig config,
            Clock clock,
            ChannelFactory<? extends SocketChannel> sockets) {
        this.loop = loop;
        this.clock = clock;
        timeoutMs = (int) config.timeout().toMillis();
        connections =
                new Bootstrap()
                        .group(loop)
                        .channelFactory(sockets)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMs)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(READ_BYTES));
    }

    @Override
    public void scrape(WatchedPod pod, Consumer<ScrapeResult> done) {
        InetSocketAddress address = new InetSocketAddress(pod.ip(), pod.port().number());
        ScrapeExchange exchange = new ScrapeExchange(address, clock, loop, timeoutMs, done);
        connections
                .clone()
                .handler(new Pipeline(exchange))
                .connect(address)
                .addListener((ChannelFuture connect) -> connected(connect, exchange));
    }

    /** Without a free file descriptor Netty reports the failure on another thread. */
    private void connected(ChannelFuture connect, ScrapeExchange exchange) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> connected(connect, exchange));
            return;
        }
        Throwable failure = connect.cause();
        if (failure instanceof ConnectTimeoutException) {
            exchange.timedOut();
        } else if (failure != null) {
            exchange.end(connectFailure(failure));
        }
    }

    private static ScrapeResult connectFailure(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof ConnectException && message.contains("refused")
                ? ScrapeResult.failure(Reason.CONNECT_REFUSED, "nothing listens on the port")
                : ScrapeResult.failure("ConnectFailed", message);
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {
        private final ScrapeExchange exchange;

        Pipeline(ScrapeExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            HttpDecoderConfig limits =
                    new HttpDecoderConfig()
                            .setMaxInitialLineLength(MAX_LINE_BYTES)
                            .setMaxHeaderSize(MAX_HEADER_BYTES)
                            .setMaxChunkSize(READ_BYTES)
                            .setInitialBufferSize(INITIAL_HEADER_BYTES);
            channel.pipeline().addLast(new HttpClientCodec(limits, false, false), exchange);
        }
    }
}
