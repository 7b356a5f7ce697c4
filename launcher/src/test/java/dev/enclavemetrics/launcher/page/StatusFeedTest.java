package dev.enclavemetrics.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusFeedTest {

    private final TestClock clock = new TestClock();
    private final LatestSnapshot latest = new LatestSnapshot();
    private final StatusFeed feed =
            new StatusFeed(latest, new StatusEvents("nitro", "1.2.3", clock.nanoTime()), clock);

    @BeforeEach
    void startWithAFrame() {
        latest.connected();
        receive(0.1);
        feed.start(clock.nanoTime());
    }

    private void receive(double cpuUsage) {
        latest.received(
                new ReceivedFrame(
                        Frames.frame(1, 1000, cpuUsage, 0.3127),
                        clock.nanoTime(),
                        clock.instant()));
    }

    /** Returns the next event after this time; empty without one. */
    private String nextAfter(long ms) {
        clock.advance(Duration.ofMillis(ms));
        byte[] event = feed.next(clock.nanoTime());
        return event == null ? "" : new String(event, StandardCharsets.UTF_8);
    }

    @Test
    void saysNothingWhereNothingIsNew() {
        assertThat(nextAfter(1000)).isEmpty();
    }

    @Test
    void tellsOfAFrameOnce() {
        clock.advance(Duration.ofSeconds(1));
        receive(0.2);

        assertThat(nextAfter(0))
                .startsWith("event: update\ndata: {")
                .endsWith("}\n\n")
                .contains("\"cpu\":0.2,", "\"points\":[[1,0,0.1,0.3127],[2,1000,0.2,0.3127]]");
        assertThat(nextAfter(999)).isEmpty();
    }

    @Test
    void tellsOfFastFramesFourTimesASecond() {
        int events = 0;
        for (int i = 0; i < 200; i++) {
            receive(i / 1000.0);
            events += nextAfter(10).isEmpty() ? 0 : 1;
        }

        assertThat(events).isEqualTo(8);
    }

    @Test
    void tellsOfALossAtOnceThoughTheValueIsStillFresh() {
        clock.advance(Duration.ofSeconds(1));
        receive(0.2);
        assertThat(nextAfter(0)).isNotEmpty();

        latest.lost("gone");

        assertThat(nextAfter(1))
                .contains("\"state\":\"Fresh\"", "the connection has just been lost", "gone");
    }

    @Test
    void tellsWhenTheValueGoesStaleThoughNothingHappens() {
        assertThat(nextAfter(2999)).isEmpty();
        assertThat(nextAfter(1))
                .contains(
                        "\"state\":\"Stale\"",
                        "\"lastValue\":\"2026-11-24T05:40:00.123Z\"",
                        "\"points\":[[1,")
                .doesNotContain("\"usage\"");
        assertThat(nextAfter(1)).isEmpty();
    }

    @Test
    void beatsWhereNothingIsNewForLong() {
        nextAfter(3000);

        assertThat(nextAfter(4999)).isEmpty();
        assertThat(nextAfter(1)).isEqualTo("event: beat\ndata: \n\n");
        assertThat(nextAfter(4999)).isEmpty();
        assertThat(nextAfter(1)).isEqualTo("event: beat\ndata: \n\n");
    }

    @Test
    void bringsAllPointsToThoseThatHaveNone() {
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(1));
            receive(0.2);
        }

        assertThat(new String(feed.history(clock.nanoTime()), StandardCharsets.UTF_8))
                .startsWith("retry: 2000\nevent: history\ndata: {\"launcher\":\"1.2.3\",")
                .contains("\"points\":[[1,0,", "[4,3000,");
    }
}
