package dev.enclavemetrics.kubectl.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "60, 60",
        "12500m, 12.5",
        "-2500m, -2.5",
        "500u, 0.0005",
        "1n, 0.000000001",
        "60k, 60000",
        "1M, 1000000",
        "3T, 3000000000000"
    })
    void readsDecimalSuffixes(String text, BigDecimal number) {
        assertThat(Quantity.of(text)).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "1Ki", "1e3", "NaN", "1 ", "--1", "+1", "\u0663", "1mm", "1."})
    void readsNothingElse(String text) {
        assertThat(Quantity.of(text)).isNull();
    }
}
