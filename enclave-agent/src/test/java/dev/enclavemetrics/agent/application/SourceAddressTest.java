package dev.enclavemetrics.agent.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.transport.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/metrics, http://127.0.0.1:8080/metrics",
        "http://localhost:8080, http://127.0.0.1:8080/metrics",
        "http://127.0.0.1/actuator/prometheus?a=b, http://127.0.0.1:80/actuator/prometheus?a=b",
        "http+unix:/run/app.sock:/prom, http+unix:/run/app.sock:/prom",
        "http+unix:/run/app.sock, http+unix:/run/app.sock:/metrics",
        "file:/run/app.prom, file:/run/app.prom",
    })
    void readsTheThreeForms(String text, String address) {
        assertThat(SourceAddress.parse(text)).hasToString(address);
    }

    @Test
    void knowsAFileByItsMissingEndpoint() {
        assertThat(SourceAddress.parse("file:/a").endpoint()).isNull();
        assertThat(SourceAddress.parse("http://localhost:1/").endpoint())
                .isEqualTo(new Endpoint.Application("", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none:",
                "file:",
                "file:app.prom",
                "/run/app.prom",
                "https://127.0.0.1:8080/metrics",
                "http://example.com/metrics",
                "http://10.0.0.1:8080/metrics",
                "http://127.0.0.1@example.com/",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:65536/",
                "http://127.0.0.1:+80/",
                "http://127.0.0.1:/",
                "http://[::1]:80/",
                "http+unix:app.sock",
                "http://127.0.0.1:80/a b",
                "http://127.0.0.1:80/\r\nHost: x",
                "file:/ä",
            })
    void refusesOthers(String text) {
        assertThatThrownBy(() -> SourceAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be ")
                .hasMessageContaining("found ");
    }
}
