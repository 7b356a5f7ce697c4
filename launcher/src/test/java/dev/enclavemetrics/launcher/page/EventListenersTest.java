package dev.enclavemetrics.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.TestClock;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // an embedded channel is closed synchronously
class EventListenersTest {

    private final TestClock clock = new TestClock();
    private final LatestSnapshot latest = new LatestSnapshot();
    private final EventListeners listeners =
            new EventListeners(
                    new StatusFeed(
                            latest, new StatusEvents("nitro", "1.2.3", clock.nanoTime()), clock),
                    clock,
                    1024);

    @BeforeEach
    void receive() {
        latest.received(
                new ReceivedFrame(Frames.frame(1, 1000), clock.nanoTime(), clock.instant()));
    }

    @Test
    void leavesOtherConnectionsHalfOfTheirNumber() {
        var feed = new StatusFeed(latest, new StatusEvents("nitro", "1", 0), clock);
        EventListeners few = new EventListeners(feed, clock, 5);
        few.join(new EmbeddedChannel(), clock.nanoTime());
        assertThat(few.isFull()).isFalse();

        few.join(new EmbeddedChannel(), clock.nanoTime());

        assertThat(few.isFull()).isTrue();
    }

    private EmbeddedChannel joined() {
        EmbeddedChannel channel = new EmbeddedChannel();
        listeners.join(channel, clock.nanoTime());
        assertThat(sent(channel)).startsWith("retry: 2000\nevent: history\n");
        return channel;
    }

    /** Receives a frame after a second, and sends the updates. */
    private void frame() {
        clock.advance(Duration.ofSeconds(1));
        receive();
        listeners.tick(clock.nanoTime());
    }

    /** Returns what was written since the last call. */
    private static String sent(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            text.append(next.toString(StandardCharsets.UTF_8));
            next.release();
        }
        return text.toString();
    }

    private static void writable(Channel channel, boolean writable) {
        Objects.requireNonNull(channel.unsafe().outboundBuffer())
                .setUserDefinedWritability(1, writable);
    }

    @Test
    void givesEachEventToAll() {
        EmbeddedChannel first = joined();
        EmbeddedChannel second = joined();

        frame();

        assertThat(sent(first)).startsWith("event: update\n").isEqualTo(sent(second));
    }

    @Test
    void rendersAnEventOnceForAll() {
        EmbeddedChannel first = joined();
        EmbeddedChannel second = joined();

        frame();
        ByteBuf one = first.readOutbound();
        ByteBuf other = second.readOutbound();

        assertThat(one.memoryAddress()).isEqualTo(other.memoryAddress());
        one.release();
        assertThat(other.refCnt()).isEqualTo(1);
        other.release();
        assertThat(other.refCnt()).isZero();
    }

    @Test
    void givesTheWholeHistoryToOneThatMissedAnEvent() {
        EmbeddedChannel slow = joined();
        EmbeddedChannel other = joined();
        writable(slow, false);
        frame();
        frame();
        assertThat(sent(slow)).isEmpty();

        writable(slow, true);
        listeners.tick(clock.nanoTime());
        assertThat(sent(slow)).startsWith("retry: 2000\nevent: history\n").contains("[3,2000,");

        frame();
        assertThat(sent(slow)).startsWith("event: update\n");
        assertThat(sent(other)).doesNotContain("event: history");
    }

    @Test
    void dropsOneThatTakesNothingForLong() {
        EmbeddedChannel slow = joined();
        EmbeddedChannel other = joined();
        frame();
        writable(slow, false);

        clock.advance(Duration.ofNanos(EventListeners.STALL_TIMEOUT_NS - 1));
        listeners.tick(clock.nanoTime());
        assertThat(slow.isOpen()).isTrue();

        clock.advance(Duration.ofNanos(1));
        listeners.tick(clock.nanoTime());
        assertThat(slow.isOpen()).isFalse();
        assertThat(other.isOpen()).isTrue();
    }

    @Test
    void endsAStreamInTimeWhereTheKernelDoesNotWatchItsPeer() {
        EmbeddedChannel dead = joined(); // accepts all writes, as a kernel does for a dead peer
        clock.advance(Duration.ofNanos(EventListeners.MAX_UNWATCHED_NS).minusSeconds(1));
        EmbeddedChannel later = joined();
        listeners.tick(clock.nanoTime());
        assertThat(dead.isOpen()).isTrue();

        frame();

        assertThat(dead.isOpen()).isFalse();
        assertThat(later.isOpen()).isTrue();
    }

    @Test
    void hasRoomAgainOnceOneHasLeft() {
        EmbeddedChannel first = joined();
        for (int i = 1; i < EventListeners.MAX_LISTENERS; i++) {
            assertThat(listeners.isFull()).isFalse();
            joined();
        }
        assertThat(listeners.isFull()).isTrue();

        first.close();
        first.runPendingTasks();

        assertThat(listeners.isFull()).isFalse();
    }

    @Test
    void ticksByItselfAsLongAsSomebodyListens() {
        EmbeddedChannel only = joined();
        clock.advance(Duration.ofSeconds(1));
        receive();
        only.advanceTimeBy(50, TimeUnit.MILLISECONDS);
        only.runScheduledPendingTasks();
        assertThat(sent(only)).startsWith("event: update\n");

        only.close();
        only.advanceTimeBy(50, TimeUnit.MILLISECONDS);

        assertThat(only.runScheduledPendingTasks()).isEqualTo(-1); // no task is left
    }
}
