package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.bootstrap.FailFast;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

/** The event loop for scrapes, apart from those that serve and call the API server. */
public final class ScrapeEventLoop {

    private ScrapeEventLoop() {}

    public static EventLoop start() {
        EventLoop loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
        FailFast.loops("the event loop that scrapes", loop);
        return loop;
    }
}
