package dev.enclavemetrics.metricsserver;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

/** The event loop that scrapes, beside those that serve and talk to the cluster. */
final class ScrapingLoop {

    private ScrapingLoop() {}

    static EventLoop start() {
        return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
    }
}
