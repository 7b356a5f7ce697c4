package dev.enclavemetrics.contract;

import static dev.enclavemetrics.contract.MetricsPort.KEY;
import static dev.enclavemetrics.contract.MetricsPort.OTHER_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPortTest {

    private static MetricsPort of(Map<String, String> annotations) {
        return MetricsPort.of(annotations::get);
    }

    @Test
    void isTheDefaultWithoutAnnotation() {
        assertThat(of(Map.of("other", "1"))).isEqualTo(new MetricsPort(59090, ""));
    }

    @Test
    void isThatOfEitherAnnotation() {
        assertThat(of(Map.of("nitro.k8s.anjuna.io/metricsPort", "9091")))
                .isEqualTo(new MetricsPort(9091, ""));
        assertThat(of(Map.of("anjuna.k8s.io/metricsPort", "9092")))
                .isEqualTo(new MetricsPort(9092, ""));
    }

    @Test
    void isThatOfTheFirstAnnotationIfTheyDiffer() {
        assertThat(of(Map.of(KEY, "9091", OTHER_KEY, "9092")))
                .isEqualTo(
                        new MetricsPort(
                                9091,
                                "nitro.k8s.anjuna.io/metricsPort=9091 overrides"
                                        + " anjuna.k8s.io/metricsPort=9092"));
        assertThat(of(Map.of(KEY, "9091", OTHER_KEY, "9091"))).isEqualTo(new MetricsPort(9091, ""));
    }

    @Test
    void mayHaveLeadingZeros() {
        assertThat(of(Map.of(KEY, "0000000000009091")).number()).isEqualTo(9091);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "65536",
                "99999",
                "-1",
                "+80",
                "http",
                " 80",
                "80 ",
                "٨٠",
                "4294967297",
                "99999999999999999999999999999"
            })
    void isNoneIfTheAnnotationIsNotAPort(String value) {
        MetricsPort port = of(Map.of(OTHER_KEY, value));

        assertThat(port.number()).isZero();
        assertThat(port.problem())
                .startsWith("anjuna.k8s.io/metricsPort must be a port from 1 to 65535, found \"")
                .hasSizeLessThan(100);
    }
}
