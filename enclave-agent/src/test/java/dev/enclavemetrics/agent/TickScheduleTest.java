package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickScheduleTest {

    private static final long NS_PER_MS = 1_000_000;

    @Test
    void takesTheSecondSampleEarlyAndTheOthersAnIntervalApart() {
        assertThat(dueMs(1000, false, 0)).containsExactly(0L, 250L, 1250L, 2250L, 3250L);
    }

    @Test
    void countsTheEarlySampleFromTheEndOfTheFirst() {
        assertThat(dueMs(1000, false, 100)).containsExactly(0L, 350L, 1350L, 2350L, 3350L);
    }

    @ParameterizedTest
    @CsvSource({"251, 250", "250, 250", "249, 249", "100, 100", "60000, 250"})
    void takesNoSampleEarlyWhereTheIntervalIsNotLonger(int intervalMs, long secondMs) {
        assertThat(dueMs(intervalMs, false, 0)).startsWith(0L, secondMs, secondMs + intervalMs);
    }

    @Test
    void takesNoSampleEarlyWithACoarseResolution() {
        assertThat(dueMs(1000, true, 100)).containsExactly(0L, 1000L, 2000L, 3000L, 4000L);
    }

    @Test
    void skipsMissedTicksAndKeepsTheTimesOfTheOthers() {
        TickSchedule ticks = new TickSchedule(100, false, 0);
        ticks.ticked(3_000 * NS_PER_MS + 1);
        assertThat(ticks.dueNs()).isEqualTo(3_100 * NS_PER_MS);
        ticks.ticked(3_199 * NS_PER_MS);
        assertThat(ticks.dueNs()).isEqualTo(3_200 * NS_PER_MS);
    }

    /** Returns when the first five ticks are due if each takes this long. */
    private static List<Long> dueMs(int intervalMs, boolean coarse, long tickMs) {
        long startNs = -1; // nanoTime may have any value
        TickSchedule ticks = new TickSchedule(intervalMs, coarse, startNs);
        List<Long> dueMs = new ArrayList<>();
        for (int tick = 0; tick < 5; tick++) {
            dueMs.add((ticks.dueNs() - startNs) / NS_PER_MS);
            ticks.ticked(ticks.dueNs() + tickMs * NS_PER_MS);
        }
        return dueMs;
    }
}
