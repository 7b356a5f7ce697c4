package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private final TestClock clock = new TestClock();
    private final LogLines log = new LogLines();
    private final Counters counters = new Counters();
    private final OpenConnections connections = connections(2);

    private OpenConnections connections(int max) {
        return new OpenConnections(
                new HttpSettings(new InetSocketAddress(0), max, Duration.ofSeconds(60)),
                counters,
                log.log());
    }

    private Channel opened() {
        Channel channel = new EmbeddedChannel();
        connections.opened(channel, clock.nanoTime());
        return channel;
    }

    private void sweepAfter(Duration time) {
        clock.advance(time);
        connections.sweep(clock.nanoTime());
    }

    @Test
    void closesWhatIsIdleForTooLong() {
        Channel idle = opened();
        Channel active = opened();
        sweepAfter(Duration.ofSeconds(30));
        connections.active(active, clock.nanoTime());

        sweepAfter(Duration.ofSeconds(30).minusNanos(1));
        assertThat(idle.isOpen()).isTrue();

        sweepAfter(Duration.ofNanos(1));
        assertThat(idle.isOpen()).isFalse();
        assertThat(active.isOpen()).isTrue();
    }

    @Test
    void expiresSoonerButNotLater() {
        Channel channel = opened();
        connections.expire(channel, clock.nanoTime() + Duration.ofSeconds(2).toNanos());
        connections.expire(channel, clock.nanoTime() + Duration.ofSeconds(90).toNanos());

        sweepAfter(Duration.ofSeconds(2));

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesTheLongestIdleForEachNewOneAndLogsItOnceAnEvent() {
        for (int event = 1; event <= 2; event++) {
            Channel first = opened();
            Channel second = opened();
            connections.active(first, clock.nanoTime());

            Channel third = opened();
            assertThat(second.isOpen()).isFalse();
            Channel fourth = opened();
            assertThat(first.isOpen()).isFalse();

            assertThat(third.isOpen()).isTrue();
            assertThat(counters.httpConnections).hasValue(2);
            assertThat(log.lines())
                    .hasSize(event)
                    .last()
                    .isEqualTo(
                            "WARN  2 HTTP connections are open, the maximum of --max-connections;"
                                    + " each new one closes the longest idle one");
            connections.closed(second); // the channel's close event arrives later
            connections.closed(third);
            connections.closed(fourth);
            assertThat(counters.httpConnections).hasValue(0);
        }
    }

    @Test
    void neverClosesAStreamForANewOne() {
        Channel stream = opened();
        connections.streams(stream);
        Channel idle = opened();

        opened();

        assertThat(stream.isOpen()).isTrue();
        assertThat(idle.isOpen()).isFalse();
    }

    @Test
    void closesTheOneThatHoldsMemoryLongestWhereTooManyDo() {
        OpenConnections many = connections(1024);
        List<Channel> holding = new ArrayList<>();
        for (int i = 0; i <= OpenConnections.MAX_HOLDING; i++) {
            Channel channel = new EmbeddedChannel();
            many.opened(channel, clock.nanoTime());
            holding.add(channel);
        }
        holding.forEach(channel -> many.holds(channel, true));
        assertThat(holding.get(0).isOpen()).isFalse();
        many.holds(holding.get(1), true); // unchanged
        many.holds(holding.get(2), false);
        many.holds(holding.get(2), true); // now it has held for the shortest time

        Channel next = new EmbeddedChannel();
        many.opened(next, clock.nanoTime());
        many.holds(next, true);

        assertThat(holding.get(1).isOpen()).isFalse();
        assertThat(holding.subList(2, holding.size())).allMatch(Channel::isOpen);
        assertThat(log.lines())
                .containsExactly(
                        "WARN  128 HTTP clients have sent part of a request or do not read their"
                                + " responses, the maximum; each further one closes the one that"
                                + " has waited longest");
    }

    @Test
    void forgetsAChannelThatItDoesNotKnow() {
        Channel unknown = new EmbeddedChannel();
        connections.closed(unknown);
        connections.holds(unknown, true);

        assertThat(counters.httpConnections).hasValue(0);
    }
}
