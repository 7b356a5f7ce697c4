package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodPortTest {

    @Test
    void isTheDefaultWithoutAnnotation() {
        assertThat(PodPort.of(Map.of("other", "1"))).isEqualTo(new PodPort(59090, ""));
    }

    @Test
    void isThatOfEitherAnnotation() {
        assertThat(PodPort.of(Map.of(PodPort.KEY, "9091"))).isEqualTo(new PodPort(9091, ""));
        assertThat(PodPort.of(Map.of(PodPort.OTHER_KEY, "9092"))).isEqualTo(new PodPort(9092, ""));
    }

    @Test
    void isThatOfTheFirstAnnotationIfTheyDiffer() {
        assertThat(PodPort.of(Map.of(PodPort.KEY, "9091", PodPort.OTHER_KEY, "9092")))
                .isEqualTo(
                        new PodPort(
                                9091,
                                "nitro.k8s.anjuna.io/metricsPort=9091 wins over"
                                        + " anjuna.k8s.io/metricsPort=9092"));
        assertThat(PodPort.of(Map.of(PodPort.KEY, "9091", PodPort.OTHER_KEY, "9091")))
                .isEqualTo(new PodPort(9091, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "http", " 80", "99999999999999999999999999999"})
    void isNoneIfTheAnnotationIsNone(String value) {
        PodPort port = PodPort.of(Map.of(PodPort.OTHER_KEY, value));

        assertThat(port.number()).isZero();
        assertThat(port.problem())
                .startsWith("anjuna.k8s.io/metricsPort must be a port from 1 to 65535, found \"")
                .hasSizeLessThan(100);
    }
}
