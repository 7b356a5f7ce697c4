package dev.enclavemetrics.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueClockTest {

    private static final long S = 1_000_000_000;

    /** Includes a monotonic clock below zero and a restart of the clock after its last value. */
    @ParameterizedTest
    @ValueSource(longs = {0, 12_345 * S, 399 * S, -3 * S})
    void tellsHowLongAgoAValueWasRead(long readNs) {
        int milli = ValueClock.milli(readNs);

        assertThat(milli).isBetween(0, 999);
        assertThat(ValueClock.ageNs(milli, readNs)).isZero();
        for (long ageS : new long[] {2, 14, 45, 300}) {
            assertThat(ValueClock.ageNs(milli, readNs + ageS * S))
                    .isBetween(ageS * S - ValueClock.STEP_NS, ageS * S + ValueClock.STEP_NS);
        }
    }
}
