package dev.enclavemetrics.launcher.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.launcher.snapshot.UsagePoint;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import dev.enclavemetrics.transport.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A launcher that was suspended, and then reads the frames that arrived meanwhile. */
class SnapshotWriterTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long SECOND_NS = SECOND.toNanos();

    private final LatestSnapshot latest = new LatestSnapshot();
    private final TestClock clock = new TestClock();
    private final SnapshotWriter writer =
            new SnapshotWriter(latest, new Counters(), clock, new LogLines().log());
    private final long startNs = clock.nanoTime();

    private long uptimeNs() {
        return clock.nanoTime() - startNs;
    }

    private void receives(long sampledNs, boolean awaited) {
        writer.received(Frames.sampledAt(sampledNs, 1, 1000, false), awaited);
    }

    private ReceivedFrame last() {
        return Objects.requireNonNull(latest.get().last());
    }

    @BeforeEach
    void streamUntilTheLauncherIsSuspended() {
        writer.connected(new Endpoint.Vsock(16, 59090));
        receives(uptimeNs(), false);
        for (int i = 0; i < 5; i++) {
            clock.advance(SECOND);
            receives(uptimeNs(), true);
        }
    }

    @Test
    void servesNoFrameThatWaitedForThreeIntervals() {
        long stoppedNs = uptimeNs();
        clock.advance(SECOND.multipliedBy(20));

        for (int i = 1; i <= 20; i++) {
            receives(stoppedNs + i * SECOND_NS, i == 1);
            boolean fresh = latest.get().readAt(clock.nanoTime()) instanceof CurrentValue.Fresh;
            assertThat(fresh).as("sampled %s s ago", 20 - i).isEqualTo(20 - i < 3);
        }
    }

    @Test
    void givesAFrameTheTimeOfItsSampleAndNotOfItsArrival() {
        long stoppedNs = uptimeNs();
        clock.advance(SECOND.multipliedBy(20));

        receives(stoppedNs + SECOND_NS, true);

        assertThat(last().sampleTime()).isEqualTo(clock.instant().minusSeconds(19));
        assertThat(latest.get().readAt(clock.nanoTime()))
                .isInstanceOfSatisfying(
                        CurrentValue.Absent.class,
                        absent -> {
                            assertThat(absent.reason()).isEqualTo(CurrentValue.Reason.Stale);
                            assertThat(absent.message())
                                    .startsWith("no value since 2026-11-24T05:40:06.123Z");
                        });
    }

    @Test
    void drawsWhatWaitedAtTheTimesOfItsSamples() {
        long stoppedNs = uptimeNs();
        clock.advance(SECOND.multipliedBy(20));

        for (int i = 1; i <= 20; i++) {
            receives(stoppedNs + i * SECOND_NS, i == 1);
        }

        List<UsagePoint> points = latest.points(1, clock.nanoTime());
        assertThat(points).extracting(UsagePoint::afterGap).containsOnly(false);
        assertThat(points)
                .extracting(point -> (point.atNs() - startNs) / SECOND_NS)
                .containsExactlyElementsOf(LongStream.rangeClosed(0, 25).boxed().toList());
    }

    @Test
    void drawsNoFrameThatIsOlderThanTheLast() {
        writer.connected(new Endpoint.Vsock(16, 59090));
        receives(uptimeNs() + 100 * SECOND_NS, false); // the launcher's own clock stood still

        assertThat(latest.points(1, clock.nanoTime())).hasSize(6);
    }
}
