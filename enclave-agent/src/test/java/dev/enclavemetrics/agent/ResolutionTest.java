package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResolutionTest {

    private final Resolution coarse = new Resolution(20);

    @Test
    void roundsToTheNearestStepWithoutATail() {
        assertThat(Resolution.DEFAULT.usage(0.30004)).isEqualTo(0.3);
        assertThat(coarse.usage(0.62)).isEqualTo(0.6);
        assertThat(coarse.usage(1.0)).isEqualTo(1.0);
        assertThat(coarse.usage(0.024)).isZero();
    }

    @Test
    void leavesBytesAndTimesAloneByDefault() {
        assertThat(Resolution.DEFAULT.part(123, 1000)).isEqualTo(123);
        assertThat(Resolution.DEFAULT.counter(12_345, 30_000)).isEqualTo(12_345);
        assertThat(Resolution.DEFAULT.time(12_345, 1000)).isEqualTo(12_345);
    }

    @Test
    void roundsBytesAndTimesTooWhenCoarse() {
        assertThat(coarse.part(123, 1000)).isEqualTo(100);
        assertThat(coarse.part(1000, 1000)).isEqualTo(1000);
        assertThat(coarse.counter(12_345, 30_000)).isEqualTo(12_000);
        assertThat(coarse.time(12_345, 1000)).isEqualTo(12_000);
        assertThat(coarse.time(12_500, 1000)).isEqualTo(13_000);
    }
}
