package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.launcher.snapshot.Counters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Sets up each new connection. */
final class Pipeline extends ChannelInitializer<Channel> {

    private final OpenConnections connections;
    private final Routes routes;
    private final Counters counters;
    private final Clock clock;
    private final DateHeader date;

    Pipeline(OpenConnections connections, Routes routes, Counters counters, Clock clock) {
        this.connections = connections;
        this.routes = routes;
        this.counters = counters;
        this.clock = clock;
        date = new DateHeader(clock);
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.opened(channel, clock.nanoTime());
        RequestDecoder decoder = new RequestDecoder();
        channel.pipeline()
                .addLast(
                        decoder,
                        new HttpResponseEncoder(),
                        new MetricsHandler(decoder, routes, connections, counters, clock, date));
    }
}
