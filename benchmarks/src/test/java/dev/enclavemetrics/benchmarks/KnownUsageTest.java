package dev.enclavemetrics.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KnownUsageTest {

    private static final long STEP_MS = 180_000;

    @Test
    void neighbouringStepsDifferByMoreThanTheTolerance() {
        LongStream.range(0, 32)
                .forEach(
                        step ->
                                assertThat(
                                                Math.abs(
                                                        KnownUsage.milliAt(step * STEP_MS)
                                                                - KnownUsage.milliAt(
                                                                        (step + 1) * STEP_MS)))
                                        .isGreaterThan(300));
    }

    @Test
    void anAverageOverTwoStepsIsBetweenThem() {
        long shortlyAfterAStep = STEP_MS + 10_000;
        assertThat(KnownUsage.isRight(300, 50_000, shortlyAfterAStep)).isTrue();
        assertThat(KnownUsage.isRight(600, 50_000, shortlyAfterAStep)).isFalse();
    }

    @Test
    void anOldValueIsWrong() {
        long longAfterAStep = STEP_MS + 60_000;
        assertThat(KnownUsage.isRight(450, 50_000, longAfterAStep)).isTrue();
        assertThat(KnownUsage.isRight(100, 50_000, longAfterAStep)).isFalse();
    }
}
