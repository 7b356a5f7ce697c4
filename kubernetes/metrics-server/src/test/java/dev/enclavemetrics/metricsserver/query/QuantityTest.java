package dev.enclavemetrics.metricsserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    /** The text that {@code kubectl} prints, parsed by resource.ParseQuantity. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "5, 5",
        "60, 60",
        "1000, 1k",
        "1200, 1200",
        "60000, 60k",
        "1e12, 1T",
        "123456789, 123456789",
        "12.5, 12500m",
        "12.3456, 12346m",
        "1.6666666666666667, 1667m",
        "0.25, 250m",
        "0.0005, 500u",
        "0.333333333333, 333333333n",
        "1e-9, 1n",
        "4e-10, 0",
        "-2.5, -2500m",
        "-60000, -60k",
        "999999999999.9996, 1T"
    })
    void writesTheCanonicalForm(double value, String quantity) {
        assertThat(Quantity.of(value)).isEqualTo(quantity);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1m", "437, 437m", "1000, 1"})
    void writesUsages(int milli, String quantity) {
        assertThat(Quantity.ofMilli(milli)).isEqualTo(quantity);
        assertThat(Quantity.of(milli / 1000.0)).isEqualTo(quantity);
    }
}
