package dev.enclavemetrics.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * The part of kube-apiserver that the metrics server needs: pods listed in pages and watched,
 * reviews, the authentication ConfigMap, Events. Over plain HTTP, without authentication.
 */
final class SimulatedApiServer implements Closeable {

    static final int PORT = 59080;

    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("api"), EpollIoHandler.newFactory());

    private final Channel listener;

    SimulatedApiServer(SimulatedPods pods) {
        PodJson json = new PodJson();
        ApiDocuments documents = new ApiDocuments();
        listener =
                new ServerBootstrap()
                        .group(loop)
                        .channel(EpollServerSocketChannel.class)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpServerCodec(),
                                                        new HttpObjectAggregator(MAX_BODY_BYTES),
                                                        new ChunkedWriteHandler(),
                                                        new ApiHandler(pods, json, documents));
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), PORT)
                        .syncUninterruptibly()
                        .channel();
    }

    /** Where it listens, for logs. */
    @Override
    public String toString() {
        return "the API at http:/" + listener.localAddress();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
