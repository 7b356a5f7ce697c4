package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.bootstrap.Vital;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

/** The event loop for scrapes, apart from those that serve and call the API server. */
public final class ScrapingLoop {

    private ScrapingLoop() {}

    public static EventLoop start() {
        EventLoop loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
        Vital.loops("the event loop that scrapes", loop);
        return loop;
    }
}
