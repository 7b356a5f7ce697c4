package dev.enclavemetrics.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFrameTest {

    private static final Map<String, String> ORDINARY =
            Map.of(
                    "sequence", "1",
                    "uptime", "0",
                    "interval", "1000",
                    "window", "15000",
                    "cpu", "0.5",
                    "memory", "0.5",
                    "busiest", "0.5",
                    "cores", "2",
                    "total", "1000",
                    "time", "0");

    @ParameterizedTest
    @CsvSource({
        "sequence, 0, 'sequence must be 1 to 9223372036854775807, found 0'",
        "sequence, -1, 'sequence must be 1 to 9223372036854775807, found -1'",
        "uptime, -1, 'uptime must be 0 to 9223372036854775807, found -1'",
        "interval, 0, 'interval must be 1 to 60000, found 0'",
        "interval, 60001, 'interval must be 1 to 60000, found 60001'",
        "window, 0, 'window must be 1 to 86400000, found 0'",
        "window, 86400001, 'window must be 1 to 86400000, found 86400001'",
        "cpu, NaN, 'CPU usage must be 0.0 to 1.0, found NaN'",
        "cpu, 1.0000001, 'CPU usage must be 0.0 to 1.0, found 1.0000001'",
        "memory, -4.9E-324, 'memory usage must be 0.0 to 1.0, found -4.9E-324'",
        "memory, Infinity, 'memory usage must be 0.0 to 1.0, found Infinity'",
        "busiest, -Infinity, 'busiest core''s usage must be 0.0 to 1.0, found -Infinity'",
        "cores, 0, 'cores online must be 1 to 65536, found 0'",
        "cores, 65537, 'cores online must be 1 to 65536, found 65537'",
        "total, 0, 'memory total must be 1 to 9223372036854775807, found 0'",
        "available, -1, 'memory available must be 0 to 1000, found -1'",
        "available, 1001, 'memory available must be 0 to 1000, found 1001'",
        "filesystems, -1, 'in-memory filesystems must be 0 to 1000, found -1'",
        "filesystems, 1001, 'in-memory filesystems must be 0 to 1000, found 1001'",
        "time, -1, 'CPU time must be 0 to 9223372036854775807, found -1'",
    })
    void refusesAFieldOutsideItsRange(String field, String value, String message) {
        assertThatThrownBy(() -> frame(field, value))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "sequence, 9223372036854775807",
        "interval, 1",
        "interval, 60000",
        "window, 1",
        "window, 86400000",
        "cpu, 0.0",
        "cpu, 1.0",
        "cores, 1",
        "cores, 65536",
        "available, 0",
        "available, 1000",
        "filesystems, 1000",
        "time, 9223372036854775807",
    })
    void takesBothEndsOfARange(String field, String value) {
        assertThat(frame(field, value)).isNotNull();
    }

    @Test
    void hasNoNegativeZero() {
        MetricsFrame frame = frame("cpu", "-0.0");

        assertThat(frame.cpuUsage()).hasToString("0.0");
    }

    @Test
    void wantsEveryMode() {
        assertThatThrownBy(() -> frame("modes", "7"))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage("CPU time must have 8 modes, found 7");
    }

    @Test
    void keepsItsOwnListOfTimes() {
        List<Long> times = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
        MetricsFrame frame = frame("", "", times);

        times.set(0, -1L);

        assertThat(frame.cpuTimeMs()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @ParameterizedTest
    @CsvSource({
        "EXITED, -1, 'exit code must be 0 to 255, found -1'",
        "EXITED, 256, 'exit code must be 0 to 255, found 256'",
        "KILLED, 0, 'signal must be 1 to 64, found 0'",
        "KILLED, 65, 'signal must be 1 to 64, found 65'",
    })
    void refusesAnEndingThatCannotBe(Ending.Kind kind, int code, String message) {
        assertThatThrownBy(() -> new Ending(kind, code))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "A9", "queue_depth", "http_requests_per_second"})
    void takesTheNamesOfPrometheus(String name) {
        assertThat(new ApplicationMetric(name, 1).name()).isEqualTo(name);
        assertThat(ApplicationMetric.isName("a".repeat(100))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9a", "a:b", "a-b", "a b", "a.b", "Ä", "a\n"})
    void refusesOtherNames(String name) {
        assertThatThrownBy(() -> new ApplicationMetric(name, 1))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageStartingWith("the name of an application metric must be 1 to 100");
        assertThat(ApplicationMetric.isName("a".repeat(101))).isFalse();
    }

    /** Returns a valid frame with one field changed. */
    private static MetricsFrame frame(String field, String value) {
        List<Long> times = new ArrayList<>();
        int modes = Integer.parseInt(field.equals("modes") ? value : "8");
        for (int mode = 0; mode < modes; mode++) {
            times.add(mode == 0 ? Long.parseLong(of("time", field, value)) : 0L);
        }
        return frame(field, value, times);
    }

    private static MetricsFrame frame(String field, String value, List<Long> times) {
        return new MetricsFrame(
                Long.parseLong(of("sequence", field, value)),
                Long.parseLong(of("uptime", field, value)),
                Integer.parseInt(of("interval", field, value)),
                Long.parseLong(of("window", field, value)),
                Double.parseDouble(of("cpu", field, value)),
                Double.parseDouble(of("memory", field, value)),
                Double.parseDouble(of("busiest", field, value)),
                Integer.parseInt(of("cores", field, value)),
                false,
                false,
                Long.parseLong(of("total", field, value)),
                Long.parseLong(of("available", field, value)),
                Long.parseLong(of("filesystems", field, value)),
                times,
                Map.of(),
                null,
                List.of());
    }

    private static String of(String field, String changed, String value) {
        return field.equals(changed)
                ? value
                : Objects.requireNonNull(ORDINARY.getOrDefault(field, "0"));
    }
}
