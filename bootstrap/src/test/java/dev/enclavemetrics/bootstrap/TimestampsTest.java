package dev.enclavemetrics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T05:40:00Z,2026-11-24T05:40:00.000Z",
        "2026-11-24T05:40:00.1Z,2026-11-24T05:40:00.100Z",
        "2026-11-24T05:40:00.1239999Z,2026-11-24T05:40:00.123Z"
    })
    void alwaysHaveMilliseconds(Instant time, String text) {
        assertThat(Timestamps.format(time)).isEqualTo(text);
    }
}
