package dev.enclavemetrics.kubectl.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricValueTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1",
        "437m,0.437",
        "1000m,1",
        "437200u,0.4372",
        "437200001n,0.437200001",
        "0.25,0.25"
    })
    void readsQuantities(String quantity, double usage) {
        assertThat(MetricValue.usage(quantity)).isEqualTo(usage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m",
                "-1m",
                "+1m",
                "1001m",
                "1.01",
                "1k",
                "1e-3",
                "NaN",
                "٣m",
                " 1m",
                "99999999999999999999999999999n"
            })
    void refusesWhatIsNoUsage(String quantity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricValue.usage(quantity))
                .withMessage("a usage must be from 0 to 1, found " + quantity);
    }
}
