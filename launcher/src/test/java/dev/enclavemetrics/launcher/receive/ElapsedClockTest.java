package dev.enclavemetrics.launcher.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.bootstrap.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ElapsedClockTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A wall clock and a monotonic clock that a test advances independently. */
    private static final class Clocks implements Clock {
        Instant wall = Instant.parse("2026-11-24T05:40:00Z");
        long monotonicNs = Long.MAX_VALUE - 1000; // about to overflow
        Duration betweenReads = Duration.ZERO;

        @Override
        public Instant instant() {
            pass(betweenReads);
            return wall;
        }

        @Override
        public long nanoTime() {
            return monotonicNs;
        }

        void pass(Duration time) {
            wall = wall.plus(time);
            monotonicNs += time.toNanos();
        }
    }

    private final Clocks clocks = new Clocks();
    private final ElapsedClock clock = new ElapsedClock(clocks);
    private final long startNs = clock.nanoTime();

    private Duration elapsed() {
        return Duration.ofNanos(clock.nanoTime() - startNs);
    }

    @Test
    void goesOnAsTheMonotonicClockDoes() {
        for (int i = 1; i <= 5; i++) {
            clocks.pass(SECOND);
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(i));
        }
        assertThat(clock.instant()).isEqualTo(clocks.wall);
    }

    @Test
    void countsASuspensionThatOnlyTheWallClockKnowsOfOnce() {
        clocks.wall = clocks.wall.plusSeconds(20);
        clocks.pass(SECOND);

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(21));
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(21));
    }

    @Test
    void ignoresAWallClockThatGoesBack() {
        clocks.wall = clocks.wall.minusSeconds(3600);
        clocks.pass(SECOND);
        assertThat(elapsed()).isEqualTo(SECOND);

        clocks.pass(SECOND);
        assertThat(elapsed()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void noticesASuspensionAfterTheWallClockWentBack() {
        clocks.wall = clocks.wall.minusSeconds(3600);
        elapsed();
        clocks.wall = clocks.wall.plusSeconds(20);

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void ignoresSmallSteps() {
        for (int i = 0; i < 100; i++) {
            clocks.wall = clocks.wall.plusNanos(ElapsedClock.MIN_STEP_NS).minusMillis(1);
            assertThat(elapsed()).isZero();
        }
    }

    @Test
    void takesAStepOfDecadesForADay() {
        clocks.wall = Instant.parse("9999-12-31T00:00:00Z");

        assertThat(elapsed()).isEqualTo(Duration.ofDays(1));

        clocks.wall = Instant.EPOCH;
        assertThat(elapsed()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void takesNoSuspensionBetweenItsReadingsForAStep() {
        clocks.betweenReads = Duration.ofSeconds(20);
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(20));
        clocks.betweenReads = Duration.ZERO;

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(20));
        clocks.pass(SECOND);
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(21));
    }
}
