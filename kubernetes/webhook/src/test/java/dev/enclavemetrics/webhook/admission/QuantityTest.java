package dev.enclavemetrics.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "1, 10m",
        "33, 330m",
        "50, 500m",
        "75, 750m",
        "100, 1",
        "101, 1010m",
        "250, 2500m",
        "300, 3",
        "100000, 1k",
        "2147483647, 21474836470m"
    })
    void writesPercentInCanonicalForm(int percent, String quantity) {
        assertThat(Quantity.ofPercent(percent)).isEqualTo(quantity);
    }

    @ParameterizedTest
    @CsvSource({
        "0.75, 0.75",
        "750m, 0.75",
        ".5, 0.5",
        "1, 1",
        "1., 1",
        "75e-2, 0.75",
        "1k, 1000",
        "2Ki, 2048",
        "1Ti, 1099511627776",
        "3E, 3e18",
        "+3, 3",
        "-1m, -0.001"
    })
    void readsWhatKubernetesReads(String quantity, String number) {
        assertThat(Quantity.parse(JsonNodeFactory.instance.stringNode(quantity)))
                .isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "1 m", "1e999999999", "NaN", "0x10", "1kk", "--1", "٣"})
    void readsNothingElse(String text) {
        assertThat(Quantity.parse(JsonNodeFactory.instance.stringNode(text))).isNull();
    }
}
