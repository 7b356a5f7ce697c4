package dev.enclavemetrics.launcher.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {

    private static String body(long windowMs, double cpu, double memory) {
        ReceivedFrame received =
                new ReceivedFrame(Frames.frame(1, 1000, windowMs, cpu, memory), 0, TestClock.START);
        return new String(JsonBody.usage(received), StandardCharsets.UTF_8);
    }

    @Test
    void isTheContractsObject() {
        assertThat(body(15_000, 0.4213, 0.3127))
                .isEqualTo(
                        "{\"nitro_enclave_cpu_usage\":0.4213,"
                                + "\"nitro_enclave_memory_usage\":0.3127,"
                                + "\"timestamp\":\"2026-11-24T05:40:00.123Z\","
                                + "\"window_seconds\":15}");
    }

    @Test
    void namesTheApplicationsNumbersLastInTheFramesOrder() {
        MetricsFrame frame =
                Frames.with(
                        Frames.frame(1, 1000),
                        Map.of(),
                        null,
                        new ApplicationMetric("queue_depth", 60),
                        new ApplicationMetric("errors_per_second", 0.25));
        ReceivedFrame received = new ReceivedFrame(frame, 0, TestClock.START);

        assertThat(new String(JsonBody.usage(received), StandardCharsets.UTF_8))
                .endsWith(
                        ",\"window_seconds\":15,\"nitro_enclave_app_queue_depth\":60,"
                                + "\"nitro_enclave_app_errors_per_second\":0.25}");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "60,60",
        "-3,-3",
        "0.1,0.1",
        "123456.789,123456.789",
        "1e15,1000000000000000",
        "1e16,1E+16",
        "1e-6,0.000001",
        "1e-7,1E-7",
        "1.7976931348623157e308,1.7976931348623157E+308",
        "4.9e-324,4.9E-324"
    })
    void writesAnyFiniteNumberShort(double number, String written) {
        assertThat(JsonBody.any(number)).isEqualTo(written);
        assertThat(Double.parseDouble(written)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0001,0.0001",
        "0,0.0",
        "1,1.0",
        "0.05,0.05",
        "1e-7,0.0000001",
        "1.23456789123e-5,0.000012346",
        "4.9e-324,0.0",
        "0.9999999999999999,1.0"
    })
    void writesNumbersWithoutAnExponent(double usage, String written) {
        assertThat(body(15_000, usage, usage))
                .contains("_cpu_usage\":" + written + ",", "_memory_usage\":" + written + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "15000,15",
        "14949,14.9",
        "14950,15",
        "1000,1",
        "500,0.5",
        "1,0",
        "100000,100",
        "86400000,86400"
    })
    void roundsTheWindowToTenthsOfSeconds(long windowMs, String written) {
        assertThat(body(windowMs, 0.5, 0.5)).endsWith("\"window_seconds\":" + written + "}");
    }

    @Test
    void escapesWhatAnErrorQuotes() {
        assertThat(
                        new String(
                                JsonBody.error("found \"a\u0000\n\"", "Stale"),
                                StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":\"found \\\"a\\u0000\\n\\\"\",\"reason\":\"Stale\"}");
    }
}
