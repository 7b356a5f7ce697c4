package dev.enclavemetrics.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * All launchers behind one listener for all addresses of 127.0.0.0/8; the dialled address selects
 * the launcher. A socket per launcher would need a file descriptor each.
 */
final class SimulatedLaunchers implements Closeable {

    private static final int BACKLOG = 4096;
    private static final int READ_BYTES = 1024;

    /** Small, so that the receiver buffers a flood, not the kernel. */
    private static final int SEND_BUFFER_BYTES = 32 * 1024;

    private static final int FILL = 4;
    private static final int FILL_TIMEOUT_MS = 200;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("launchers"), EpollIoHandler.newFactory());
    private final List<Closeable> blackHole = new ArrayList<>();

    /** Slots whose launchers close every connection. */
    private final Set<Integer> dead = ConcurrentHashMap.newKeySet();

    private final Channel listener;

    SimulatedLaunchers(ScrapeJournal journal) throws IOException {
        LauncherAnswers answers = new LauncherAnswers();
        listener =
                new ServerBootstrap()
                        .group(loop)
                        .channel(EpollServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(READ_BYTES))
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        InetSocketAddress dialled =
                                                (InetSocketAddress) channel.localAddress();
                                        int slot =
                                                SimulatedPod.slot(
                                                        dialled.getAddress().getAddress());
                                        channel.pipeline()
                                                .addLast(
                                                        new LauncherHandler(
                                                                slot, answers, journal, dead));
                                    }
                                })
                        .bind(LauncherKind.PORT)
                        .syncUninterruptibly()
                        .channel();
        openBlackHole();
    }

    /** A listener that never accepts: once its backlog is full, the kernel drops SYNs. */
    private void openBlackHole() throws IOException {
        blackHole.add(new ServerSocket(LauncherKind.BLACK_HOLE_PORT, 1));
        InetSocketAddress hole =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), LauncherKind.BLACK_HOLE_PORT);
        for (int i = 0; i < FILL; i++) {
            Socket socket = new Socket();
            blackHole.add(socket);
            try {
                socket.connect(hole, FILL_TIMEOUT_MS);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new IOException(
                "a backlog of 1 must be full with " + FILL + " connections, found it is not");
    }

    /** From now on this slot's launcher closes every connection; its pod stays. */
    void kill(int slot) {
        dead.add(slot);
    }

    /** Where it listens, for logs. */
    @Override
    public String toString() {
        return "launchers at http:/" + listener.localAddress();
    }

    @Override
    public void close() throws IOException {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        for (Closeable socket : blackHole) {
            socket.close();
        }
    }
}
