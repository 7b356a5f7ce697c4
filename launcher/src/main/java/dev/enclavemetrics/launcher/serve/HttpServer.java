package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.FailFast;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/** Listens on the HTTP port. One event loop is enough for far more requests than it gets. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing to do if a close fails
public final class HttpServer implements Closeable {

    /**
     * What an idle connection may hold of the heap: its objects, and the decoder's copy of the
     * longest header line it has seen.
     */
    public static final long IDLE_CONNECTION_BYTES = RequestRules.MAX_HEADER_BYTES + 2 * 1024;

    private static final int BACKLOG = 1024;
    private static final long CLOSE_TIMEOUT_MS = 1_000;
    private static final long MIN_SWEEP_MS = 10;
    private static final long MAX_SWEEP_MS = 1_000;

    /**
     * Bytes read from a connection before the next connection's turn. This bounds how many
     * pipelined requests are answered in a turn, and so how long a probe waits behind a thousand
     * clients that send as much as they can.
     */
    private static final int READ_BYTES = 1024;

    /**
     * Unsent bytes that the kernel may hold for a client (it doubles this). Without a limit this
     * grows to megabytes for clients that do not read.
     */
    private static final int SEND_BYTES = 16 * 1024;

    private static final WriteBufferWaterMark WRITE_BYTES =
            new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    // Netty logs nothing: what matters to an operator is logged by our own code, once.
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
     * What is served.
     *
     * @param enclave where the launcher dials, for display
     * @param version the launcher's
     */
    public record Content(
            LatestSnapshot latest, Counters counters, String enclave, String version) {}

    /**
     * Starts to listen.
     *
     * @throws IOException that names the port and the remedy
     */
    public static HttpServer listen(HttpSettings settings, Content content, Clock clock, Log log)
            throws IOException {
        OpenConnections connections = new OpenConnections(settings, content.counters(), log);
        Routes routes = Routes.of(content, settings.maxConnections(), clock);
        Pipeline pipeline = new Pipeline(connections, routes, content.counters(), clock);
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
                        // Accept all that wait: a probe must not wait for many turns.
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(BACKLOG))
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_SNDBUF, SEND_BYTES)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BYTES)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
                        .childHandler(pipeline);
        try {
            Channel listener = server.bind(settings.listen()).syncUninterruptibly().channel();
            long sweepMs =
                    Math.max(
                            MIN_SWEEP_MS,
                            Math.min(MAX_SWEEP_MS, settings.idleTimeout().toMillis() / 4));
            loop.next()
                    .scheduleWithFixedDelay(
                            FailFast.task(() -> connections.sweep(clock.nanoTime())),
                            sweepMs,
                            sweepMs,
                            TimeUnit.MILLISECONDS);
            FailFast.loops("the HTTP event loop", loop);
            FailFast.until("the HTTP listener", listener.closeFuture());
            return new HttpServer(loop, listener);
        } catch (Exception e) { // sync throws what bind threw, checked or not
            loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw new IOException(
                    "the HTTP port must be free, found "
                            + settings.listen()
                            + " is not: "
                            + e.getMessage()
                            + "; choose another with --port (or address with --bind)",
                    e);
        }
    }

    /** The TCP port that it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** The address and the transport (epoll or nio), for the log. */
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
}
