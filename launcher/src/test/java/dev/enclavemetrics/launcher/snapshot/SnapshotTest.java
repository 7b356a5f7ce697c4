package dev.enclavemetrics.launcher.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {

    private final TestClock clock = new TestClock();

    private ReceivedFrame received(int intervalMs) {
        return new ReceivedFrame(Frames.frame(1, intervalMs), clock.nanoTime(), clock.instant());
    }

    private CurrentValue read(Snapshot snapshot) {
        return snapshot.readAt(clock.nanoTime());
    }

    @Test
    void isNotConnectedAtFirstAndSaysWhy() {
        assertThat(read(Snapshot.INITIAL.lost("nobody listens")))
                .isEqualTo(
                        new CurrentValue.Absent(
                                CurrentValue.Reason.NotConnected,
                                "no connection to the agent yet: nobody listens"));
    }

    @Test
    void warmsUpUntilTheFirstFrame() {
        assertThat(read(Snapshot.INITIAL.connected()))
                .isInstanceOfSatisfying(
                        CurrentValue.Absent.class,
                        a -> assertThat(a.reason()).isEqualTo(CurrentValue.Reason.WarmingUp));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000, 60_000})
    void isFreshForThreeIntervals(int intervalMs) {
        ReceivedFrame frame = received(intervalMs);
        Snapshot snapshot = Snapshot.INITIAL.connected().received(frame);

        clock.advance(Duration.ofMillis(3L * intervalMs).minusNanos(1));
        assertThat(read(snapshot)).isEqualTo(new CurrentValue.Fresh(frame));

        clock.advance(Duration.ofNanos(1));
        assertThat(read(snapshot)).isInstanceOf(CurrentValue.Absent.class);
    }

    @Test
    void isStaleOnceFramesStopAndSaysSinceWhen() {
        Snapshot snapshot = Snapshot.INITIAL.connected().received(received(1000));

        clock.advance(Duration.ofSeconds(3));

        assertThat(read(snapshot))
                .isEqualTo(
                        new CurrentValue.Absent(
                                CurrentValue.Reason.Stale,
                                "no value since 2026-11-24T05:40:00.123Z: no frame since then,"
                                        + " although connected"));
    }

    @Test
    void isStaleAfterALossAndSaysWhy() {
        Snapshot snapshot = Snapshot.INITIAL.connected().received(received(1000)).lost("gone");

        clock.advance(Duration.ofSeconds(3));

        assertThat(read(snapshot))
                .isEqualTo(
                        new CurrentValue.Absent(
                                CurrentValue.Reason.Stale,
                                "no value since 2026-11-24T05:40:00.123Z: gone"));
    }

    @Test
    void keepsAFreshValueThroughAShortLoss() {
        ReceivedFrame frame = received(1000);
        Snapshot lost = Snapshot.INITIAL.connected().received(frame).lost("gone");

        clock.advance(Duration.ofSeconds(2));

        assertThat(read(lost)).isEqualTo(new CurrentValue.Fresh(frame));
        assertThat(read(lost.connected())).isEqualTo(new CurrentValue.Fresh(frame));
    }

    @Test
    void hasEndedAtOnceAndUntilAnotherAgentHasAValue() {
        Ending ending = new Ending(Ending.Kind.EXITED, 3);
        MetricsFrame last = Frames.with(Frames.frame(9, 1000), Map.of(), ending);
        Snapshot ended =
                Snapshot.INITIAL
                        .connected()
                        .received(new ReceivedFrame(last, clock.nanoTime(), clock.instant()));
        CurrentValue absent =
                new CurrentValue.Absent(
                        CurrentValue.Reason.Ended,
                        "the enclave's command exited with code 3 (memory usage 31 %)");

        assertThat(read(ended)).isEqualTo(absent);
        clock.advance(Duration.ofHours(1));
        assertThat(read(ended.lost("gone"))).isEqualTo(absent);
        assertThat(read(ended.lost("gone").connected())).isEqualTo(absent);

        Snapshot again = ended.lost("gone").connected().received(received(1000));
        assertThat(read(again)).isInstanceOf(CurrentValue.Fresh.class);
        clock.advance(Duration.ofSeconds(3));
        assertThat(read(again))
                .isInstanceOfSatisfying(
                        CurrentValue.Absent.class,
                        a -> assertThat(a.reason()).isEqualTo(CurrentValue.Reason.Stale));
    }

    @Test
    void staysStaleOnANewConnectionUntilAFrameComes() { // the kernel connects to a frozen agent
        Snapshot again = Snapshot.INITIAL.connected().received(received(1000)).lost("").connected();

        clock.advance(Duration.ofSeconds(3));

        assertThat(read(again))
                .isEqualTo(
                        new CurrentValue.Absent(
                                CurrentValue.Reason.Stale,
                                "no value since 2026-11-24T05:40:00.123Z: reconnected, but no frame"
                                        + " yet; if this persists, the agent or its enclave hangs:"
                                        + " restart the enclave"));
    }
}
