package dev.enclavemetrics.launcher;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Vital;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Listens, and gives each connection its handler. One event loop: it serves far more than asked.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class HttpServer implements Closeable {

    private static final int BACKLOG = 1024;
    private static final long CLOSE_TIMEOUT_MS = 1_000;
    private static final long MIN_SWEEP_MS = 10;
    private static final long MAX_SWEEP_MS = 1_000;

    /**
     * What is read of a connection before it is the next one's turn. It bounds how many pipelined
     * requests a turn answers, and so how long a probe waits behind a thousand clients that send as
     * much as they can.
     */
    private static final int READ_BYTES = 1024;

    /**
     * What the kernel may hold unsent for a client (it doubles this), which would otherwise grow to
     * megabytes: memory, and the work of answers for clients that do not read.
     */
    private static final int SEND_BYTES = 16 * 1024;

    private static final WriteBufferWaterMark WRITE_BYTES =
            new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    // Netty's own words go nowhere: what matters to an operator is logged here, once.
    private static final Logger NETTY = Logger.getLogger("io.netty");

    static {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        NETTY.setLevel(Level.OFF);
    }

    private final EventLoopGroup loop;
    private final Channel listener;

    private HttpServer(EventLoopGroup loop, Channel listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /**
     * Listens from now on.
     *
     * @throws IOException that names the port and the way out
     */
    static HttpServer listen(
            LauncherConfig config,
            OpenConnections connections,
            Clock clock,
            Function<RequestDecoder, MetricsHandler> handlers)
            throws IOException {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("http"),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        ServerBootstrap server =
                new ServerBootstrap()
                        .group(loop)
                        .channel(
                                epoll
                                        ? EpollServerSocketChannel.class
                                        : NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        // All that wait: a probe must not wait behind others for many turns.
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(BACKLOG))
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_SNDBUF, SEND_BYTES)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BYTES)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR, new KeptReadBuffer(READ_BYTES))
                        .childHandler(new Pipeline(connections, clock, handlers));
        try {
            Channel listener = server.bind(config.listen()).syncUninterruptibly().channel();
            long sweepMs =
                    Math.max(
                            MIN_SWEEP_MS,
                            Math.min(MAX_SWEEP_MS, config.idleTimeout().toMillis() / 4));
            loop.next()
                    .scheduleWithFixedDelay(
                            Vital.task(() -> connections.sweep(clock.nanoTime())),
                            sweepMs,
                            sweepMs,
                            TimeUnit.MILLISECONDS);
            Vital.loops("the HTTP event loop", loop);
            Vital.until("the HTTP listener", listener.closeFuture());
            return new HttpServer(loop, listener);
        } catch (Exception e) { // sync throws what bind met, checked or not
            loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw new IOException(
                    "the HTTP port must be free, found "
                            + config.listen()
                            + " is not: "
                            + e.getMessage()
                            + "; choose another with "
                            + Setting.PORT.flag()
                            + " (or address with "
                            + Setting.BIND.flag()
                            + ")",
                    e);
        }
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Where it listens, and by which of Netty's ways, for a log. */
    @Override
    public String toString() {
        return "http:/" + listener.localAddress() + " (" + (epoll() ? "epoll" : "nio") + ")";
    }

    private boolean epoll() {
        return listener instanceof EpollServerSocketChannel;
    }

    /** Closes the listener and all connections. */
    @Override
    public void close() {
        loop.shutdownGracefully(0, CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    /** Sets up a new connection. */
    private static final class Pipeline extends ChannelInitializer<Channel> {
        private final OpenConnections connections;
        private final Clock clock;
        private final Function<RequestDecoder, MetricsHandler> handlers;
        private final LastRequest last = new LastRequest();

        Pipeline(
                OpenConnections connections,
                Clock clock,
                Function<RequestDecoder, MetricsHandler> handlers) {
            this.connections = connections;
            this.clock = clock;
            this.handlers = handlers;
        }

        @Override
        protected void initChannel(Channel channel) {
            connections.opened(channel, clock.nanoTime());
            RequestDecoder decoder = new RequestDecoder(last);
            channel.pipeline().addLast(decoder, handlers.apply(decoder));
        }
    }
}
