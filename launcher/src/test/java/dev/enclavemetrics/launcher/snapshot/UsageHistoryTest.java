package dev.enclavemetrics.launcher.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageHistoryTest {

    private final TestClock clock = new TestClock();
    private final UsageHistory history = new UsageHistory();

    private void receive(int intervalMs, double cpuUsage) {
        history.add(
                new ReceivedFrame(
                        Frames.frame(1, intervalMs, cpuUsage, 0.3127),
                        clock.nanoTime(),
                        clock.instant()));
    }

    private void receiveAfter(int intervalMs, double cpuUsage) {
        clock.advance(Duration.ofMillis(intervalMs));
        receive(intervalMs, cpuUsage);
    }

    private List<UsagePoint> points() {
        return history.since(0, clock.nanoTime());
    }

    private List<Boolean> gaps() {
        return points().stream().map(UsagePoint::afterGap).toList();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(points()).isEmpty();
        assertThat(history.newest()).isZero();
    }

    @Test
    void keepsUsagesAsTheyCame() {
        receive(1000, 0.0001);

        assertThat(points())
                .containsExactly(new UsagePoint(1, clock.nanoTime(), 0.0001, 0.3127, false));
    }

    @Test
    void keepsTheEndsOfTheRange() {
        receive(1000, 0.0);
        receiveAfter(1000, 1.0);

        assertThat(points()).extracting(UsagePoint::cpuUsage).containsExactly(0.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 5000, 60_000})
    void keepsEachFrameOfALongInterval(int intervalMs) {
        for (int i = 0; i < 10; i++) {
            receiveAfter(intervalMs, i / 10.0);
        }

        assertThat(points()).hasSize(10).noneMatch(UsagePoint::afterGap);
    }

    @Test
    void putsFastFramesIntoOnePointAndShowsTheNewest() {
        for (int i = 0; i < 20; i++) {
            receiveAfter(100, i / 100.0);
        }

        assertThat(points()).extracting(UsagePoint::cpuUsage).containsExactly(0.08, 0.17, 0.19);
        assertThat(points()).extracting(UsagePoint::number).containsExactly(1L, 2L, 3L);
        assertThat(points().get(2).atNs()).isEqualTo(clock.nanoTime());
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 100, 450, 901, 1000})
    void holdsFifteenMinutesInBoundedSpaceWhateverTheInterval(int intervalMs) {
        for (int ms = 0; ms < Duration.ofMinutes(31).toMillis(); ms += intervalMs) {
            receiveAfter(intervalMs, 0.5);
        }

        List<UsagePoint> points = points();
        assertThat(points).hasSizeLessThanOrEqualTo(UsageHistory.MAX_POINTS);
        assertThat(clock.nanoTime() - points.get(0).atNs())
                .isBetween(Duration.ofSeconds(898).toNanos(), UsageHistory.SPAN_NS);
        assertThat(points).noneMatch(UsagePoint::afterGap);
    }

    @Test
    void forgetsWhatIsTooOldThoughNothingComes() {
        receive(1000, 0.5);

        clock.advance(Duration.ofMinutes(15).minusNanos(1));
        assertThat(points()).hasSize(1);

        clock.advance(Duration.ofNanos(1));
        assertThat(points()).isEmpty();
    }

    @Test
    void leavesAGapWhereTheConnectionWasLost() {
        receive(1000, 0.5);
        receiveAfter(1000, 0.5);
        history.interrupted();
        receiveAfter(1000, 0.5);
        receiveAfter(1000, 0.5);

        assertThat(gaps()).containsExactly(false, false, true, false);
    }

    @Test
    void leavesAGapWhereNoValueWasFresh() {
        receive(1000, 0.5);
        receiveAfter(1000, 0.5);
        clock.advance(Duration.ofSeconds(2));
        receiveAfter(1000, 0.5);
        clock.advance(Duration.ofMillis(1999));
        receiveAfter(1000, 0.5);

        assertThat(gaps()).containsExactly(false, false, true, false);
    }

    @Test
    void leavesNoGapBeforeTheVeryFirstPoint() {
        history.interrupted();
        receive(1000, 0.5);

        assertThat(gaps()).containsExactly(false);
    }

    @Test
    void givesAPeerThatFlapsNoMorePoints() {
        for (int i = 0; i < 100; i++) {
            receiveAfter(10, 0.5);
            history.interrupted();
        }

        assertThat(gaps()).containsExactly(false, true);
    }

    @Test
    void givesWhatIsNewWithTheNewestThatWasKnown() {
        for (int i = 0; i < 5; i++) {
            receiveAfter(1000, i / 10.0);
        }

        assertThat(history.since(4, clock.nanoTime()))
                .extracting(UsagePoint::number)
                .containsExactly(4L, 5L);
        assertThat(history.newest()).isEqualTo(5);
    }
}
