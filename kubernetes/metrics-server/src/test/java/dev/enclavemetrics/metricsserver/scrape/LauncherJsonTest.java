package dev.enclavemetrics.metricsserver.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.store.ApplicationValues;
import dev.enclavemetrics.metricsserver.store.Point;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherJsonTest {

    private static final Instant NOW = Instant.parse("2026-11-24T05:40:00Z");

    private static ScrapeResult read(String json) {
        return LauncherJson.usage(json.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static String cpu(String value) {
        return "{\"nitro_enclave_cpu_usage\":" + value + ",\"nitro_enclave_memory_usage\":0.5}";
    }

    private static String with(String more) {
        return "{\"nitro_enclave_cpu_usage\":0.1,\"nitro_enclave_memory_usage\":0.5," + more + "}";
    }

    private static Point point(String json) {
        Point point = read(json).point();
        assertThat(point).as(json).isNotNull();
        return point == null ? new Point(0, 0, NOW, 1) : point;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0, 0",
        "-0.0, 0",
        "1, 1000",
        "1.0, 1000",
        "0.4213, 421",
        "0.0005, 1",
        "0.0145, 15",
        "0.00049, 0",
        "5e-1, 500",
        "1e-300, 0"
    })
    void roundsToThousandthsHalfUp(String usage, int milli) {
        assertThat(point(cpu(usage)).cpuMilli()).isEqualTo(milli);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1", "-0.001", "1.001", "2", "1e9", "1e999", "-1e999", "\"0.5\"", "null", "true",
                "[0.5]", "{}"
            })
    void refusesInvalidUsages(String usage) {
        ScrapeResult result = read(cpu(usage));

        assertThat(result.point()).isNull();
        assertThat(result.reason().word()).isEqualTo("BadValue");
        assertThat(result.reason().detail()).startsWith("nitro_enclave_cpu_usage must be ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "0.5",
                "{",
                "{\"nitro_enclave_cpu_usage\":NaN,\"nitro_enclave_memory_usage\":0.5}",
                "{\"nitro_enclave_cpu_usage\":0.1,\"nitro_enclave_cpu_usage\":0.9}",
                "{\"a\":[[[[[[[[[[[[[[1]]]]]]]]]]]]]]}",
                "{\"a\":111111111111111111111111111111111111111111111111111111}",
                "{} {}",
                "\u0000",
                "<html>"
            })
    void refusesOtherJsonThanObjects(String json) {
        assertThat(read(json).reason().word()).isEqualTo("BadJson");
    }

    @Test
    void requiresBothUsages() {
        assertThat(read("{\"nitro_enclave_cpu_usage\":0.1}").reason())
                .hasToString("BadValue nitro_enclave_memory_usage is missing");
        assertThat(read("{}").reason()).hasToString("BadValue nitro_enclave_cpu_usage is missing");
    }

    @Test
    void ignoresOtherKeys() {
        assertThat(point(with("\"more\":{\"a\":[1,{}]},\"b\":\"c\"")).memoryMilli()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.1, 1", "15, 15", "14.5, 15", "600, 600"})
    void readsTheWindow(String value, int seconds) {
        assertThat(point(with("\"window_seconds\":" + value)).windowSeconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "601", "1e400", "\"15\"", "null"})
    void refusesInvalidWindows(String value) {
        assertThat(read(with("\"window_seconds\":" + value)).reason().word()).isEqualTo("BadValue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T05:39:59.123Z",
                "2026-11-24T05:40:30Z",
                "2026-11-24T07:36:00+02:00"
            })
    void usesTheLaunchersTimestamp(String value) {
        ScrapeResult result = read(with("\"timestamp\":\"" + value + "\""));

        assertThat(result.outcome()).isEqualTo("Success");
        assertThat(point(with("\"timestamp\":\"" + value + "\"")).sampledAt()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-11-24T05:34:59Z",
                "2026-11-24T05:41:01Z",
                "+999999999-12-31T23:59:59Z"
            })
    void replacesAnImplausibleTimestamp(String value) {
        String json = with("\"timestamp\":\"" + value + "\"");

        assertThat(read(json).outcome()).isEqualTo("SuccessClockSkewed");
        assertThat(point(json).sampledAt()).isEqualTo(NOW);
    }

    @Test
    void usesItsOwnTimeWithoutATimestamp() {
        assertThat(point(cpu("0.5"))).isEqualTo(new Point(500, 500, NOW, 15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "0", "null", "\"\"", "{}"})
    void refusesInvalidTimestamps(String value) {
        assertThat(read(with("\"timestamp\":" + value)).reason().word()).isEqualTo("BadValue");
    }

    private static double application(String json, String name) {
        return point(with(json)).application().of("nitro_enclave_app_" + name);
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "0, 0", "-2.5, -2.5", "1e-9, 1e-9", "1e12, 1e12", "-1E12, -1e12"})
    void readsNumbersOfTheApplication(String number, double value) {
        String json = "\"nitro_enclave_app_queue_depth\":" + number;

        assertThat(application(json, "queue_depth")).isEqualTo(value);
        assertThat(application(json, "queue")).isNaN();
        assertThat(read(with(json)).outcome()).isEqualTo("Success");
    }

    @Test
    void readsNoNegativeZero() {
        assertThat(application("\"nitro_enclave_app_a\":-0.0", "a")).isEqualTo(0.0);
    }

    @Test
    void sharesWhatPodsWithoutNumbersOfAnApplicationHave() {
        assertThat(point(cpu("0.5")).application()).isSameAs(ApplicationValues.NONE);
        assertThat(point(with("\"nitro_enclave_app_a\":null")).application())
                .isSameAs(ApplicationValues.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"nitro_enclave_app_a\":1e999",
                "\"nitro_enclave_app_a\":-1e999",
                "\"nitro_enclave_app_a\":1.1e12",
                "\"nitro_enclave_app_a\":\"1\"",
                "\"nitro_enclave_app_a\":null",
                "\"nitro_enclave_app_a\":true",
                "\"nitro_enclave_app_a\":[1,[2]]",
                "\"nitro_enclave_app_a\":{\"nitro_enclave_app_b\":1}",
                "\"nitro_enclave_app_\":1",
                "\"nitro_enclave_app_7a\":1",
                "\"nitro_enclave_app_a/b\":1",
                "\"nitro_enclave_app_a:b\":1",
                "\"nitro_enclave_app_é\":1",
                "\"nitro_enclave_app_a\\u0000\":1"
            })
    void leavesOutAnInvalidNumberOfTheApplicationAndNothingElse(String invalid) {
        ScrapeResult result = read(with(invalid + ",\"nitro_enclave_app_last\":7"));

        assertThat(result.outcome()).isEqualTo("SuccessValueIgnored");
        assertThat(application(invalid + ",\"nitro_enclave_app_last\":7", "last")).isEqualTo(7);
        assertThat(application(invalid, "a")).isNaN();
        assertThat(point(with(invalid)).cpuMilli()).isEqualTo(100);
    }

    @Test
    void readsTheFirst16NumbersOfTheApplication() {
        String json =
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(i -> "\"nitro_enclave_app_n" + i + "\":" + i)
                        .collect(Collectors.joining(","));

        assertThat(application(json, "n16")).isEqualTo(16);
        assertThat(application(json, "n17")).isNaN();
        assertThat(read(with(json)).outcome()).isEqualTo("SuccessValueIgnored");
    }

    @Test
    void refusesANumberOfTheApplicationThatIsThereTwice() {
        String json = with("\"nitro_enclave_app_a\":1,\"nitro_enclave_app_a\":2");

        assertThat(read(json).reason().word()).isEqualTo("BadJson");
    }
}
