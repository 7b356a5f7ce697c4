package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsHandlerTest {

    private static final String PROBE = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";

    private final TestClock clock = new TestClock();
    private final Counters counters = new Counters();
    private final OpenConnections connections =
            new OpenConnections(
                    new HttpSettings(new InetSocketAddress(0), 100, Duration.ofSeconds(60)),
                    counters,
                    new LogLines().log());
    private final Pipeline pipeline =
            new Pipeline(
                    connections,
                    Routes.of(
                            new HttpServer.Content(
                                    new LatestSnapshot(), counters, "nitro", "1.2.3"),
                            100,
                            clock),
                    counters,
                    clock);

    private EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel(pipeline);
        channel.freezeTime();
        return channel;
    }

    private static void receive(EmbeddedChannel channel, String requests) {
        channel.writeInbound(Unpooled.copiedBuffer(requests, StandardCharsets.US_ASCII));
    }

    @Test
    void readsOnAfterOneRequest() {
        EmbeddedChannel channel = channel();

        receive(channel, PROBE);

        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void pausesAClientThatPipelinesForAMillisecondPerOpenConnection() {
        EmbeddedChannel channel = channel();
        for (int other = 1; other < 50; other++) {
            channel();
        }

        receive(channel, PROBE + PROBE);
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(channel.outboundMessages()).hasSize(2);

        channel.advanceTimeBy(49, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.config().isAutoRead()).isFalse();

        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
    }
}
