package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private final TestClock clock = new TestClock();
    private final LogLines log = new LogLines();
    private final Counters counters = new Counters();
    private final OpenConnections connections =
            new OpenConnections(2, Duration.ofSeconds(60), counters, log.log());

    private Channel admitted() {
        Channel channel = new EmbeddedChannel();
        assertThat(connections.admit(channel, clock.nanoTime())).isTrue();
        return channel;
    }

    private void sweepAfter(Duration time) {
        clock.advance(time);
        connections.sweep(clock.nanoTime());
    }

    @Test
    void closesWhatIsIdleForTooLong() {
        Channel idle = admitted();
        Channel active = admitted();
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
        Channel channel = admitted();
        connections.expire(channel, clock.nanoTime() + Duration.ofSeconds(2).toNanos());
        connections.expire(channel, clock.nanoTime() + Duration.ofSeconds(90).toNanos());

        sweepAfter(Duration.ofSeconds(2));

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void refusesMoreThanTheMostAndTellsOfItOnceAnEvent() {
        for (int event = 1; event <= 2; event++) {
            Channel first = admitted();
            Channel second = admitted();
            assertThat(counters.httpConnections).hasValue(2);
            for (int i = 0; i < 5; i++) {
                assertThat(connections.admit(new EmbeddedChannel(), clock.nanoTime())).isFalse();
            }

            assertThat(log.lines()).hasSize(event);
            connections.left(first);
            connections.left(second);
            assertThat(counters.httpConnections).hasValue(0);
        }
    }

    @Test
    void forgetsAChannelThatItNeverAdmitted() {
        connections.left(new EmbeddedChannel());

        assertThat(counters.httpConnections).hasValue(0);
    }
}
