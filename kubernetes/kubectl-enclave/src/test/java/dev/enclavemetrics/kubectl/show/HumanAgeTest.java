package dev.enclavemetrics.kubectl.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanAgeTest {

    @ParameterizedTest
    @CsvSource({
        "-3,<invalid>",
        "-1,0s",
        "0,0s",
        "3,3s",
        "119,119s",
        "120,2m",
        "150,2m30s",
        "600,10m",
        "659,10m",
        "10799,179m",
        "10800,3h",
        "11000,3h3m",
        "28800,8h",
        "172799,47h",
        "172800,2d",
        "86400000,1000d"
    })
    void isWhatKubectlSays(long seconds, String words) {
        assertThat(HumanAge.of(Duration.ofSeconds(seconds))).isEqualTo(words);
    }
}
