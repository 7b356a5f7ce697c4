package dev.enclavemetrics.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "10000, 0, 0",
        "10000, 12345, 12340", // half to even
        "10000, 12346, 12350",
        "10000, -12346, -12350",
        "10000, 0.3, 0.3",
        "10000, 0.123456, 0.1235",
        "10000, 99999, 100000",
        "10000, 1.7976931348623157E308, 1.7976931348623157E308",
        "10000, 4.9E-324, 0",
        "1000000, 123456.7, 123457",
        "100, 1184, 1200",
        "100, 7, 7",
        "20, 1184, 1000",
        "2, 17, 20",
    })
    void keepsSignificantDigits(int steps, double value, double rounded) {
        assertThat(new Resolution(steps).significantDigits().rounded(value)).isEqualTo(rounded);
    }

    @Test
    void roundsCountsWhenCoarse() {
        assertThat(Resolution.DEFAULT.count(1184)).isEqualTo(1184);
        assertThat(coarse.count(1184)).isEqualTo(1000);
        assertThat(Resolution.DEFAULT.multiple(3, 2)).isEqualTo(3);
        assertThat(coarse.multiple(0, 2)).isZero();
        assertThat(coarse.multiple(1, 2)).isEqualTo(2);
        assertThat(coarse.multiple(3, 2)).isEqualTo(4);
    }
}
