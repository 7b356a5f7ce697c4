package dev.enclavemetrics.launcher.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final List<Long> pausesMs = new ArrayList<>();
    private final Backoff backoff = new Backoff(new Random(1), pausesMs::add);

    @Test
    void doublesFromAFewHundredMillisecondsToFiveSeconds() throws Exception {
        long[] ceilingsMs = {200, 400, 800, 1600, 3200, 5000, 5000, 5000};

        for (long ceilingMs : ceilingsMs) {
            backoff.pause();
            assertThat(pausesMs.get(pausesMs.size() - 1)).isBetween(ceilingMs / 2, ceilingMs);
        }
    }

    @Test
    void isShortAgainAfterAReset() throws Exception {
        for (int i = 0; i < 10; i++) {
            backoff.pause();
        }

        backoff.reset();
        backoff.pause();

        assertThat(pausesMs.get(10)).isBetween(100L, 200L);
    }

    @Test
    void spreadsThePauses() throws Exception {
        for (int i = 0; i < 100; i++) {
            backoff.reset();
            backoff.pause();
        }

        assertThat(pausesMs).allMatch(ms -> ms >= 100 && ms <= 200);
        assertThat(pausesMs.stream().distinct().count()).isGreaterThan(30);
    }
}
