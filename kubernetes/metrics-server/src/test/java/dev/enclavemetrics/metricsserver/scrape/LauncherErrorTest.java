package dev.enclavemetrics.metricsserver.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherErrorTest {

    private static LauncherError read(String body) {
        return LauncherError.of(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":\"x\",\"reason\":\"Stale\"} | Stale",
                "{\"a\":{\"reason\":\"A\"},\"b\":[1],\"reason\":\"Stale\"} | Stale",
                "{\"reason\":\"two words\"} | ''",
                "{\"reason\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"} | ''",
                "{\"reason\":7} | ''",
                "{\"reason\":\"\\u001b\"} | ''",
                "[\"reason\"] | ''",
                "nonsense | ''"
            })
    void readsAReasonOnlyIfItIsOneWord(String body, String reason) {
        assertThat(read(body).reason()).isEqualTo(reason);
    }

    @Test
    void readsTheMessageAsPrintableAscii() {
        assertThat(read("{\"error\":\"code 3\\u001b[2J\\n\u202e\",\"reason\":\"Ended\"}"))
                .isEqualTo(new LauncherError("Ended", "code 3?[2J??"));
        assertThat(read("{\"error\":[\"x\"]}").message()).isEmpty();
    }

    @Test
    void passesOnHowTheCommandEnded() {
        ScrapeResult ended =
                ScrapeResult.status(503, new LauncherError("Ended", "exited with code 3"));

        assertThat(ended.reason()).hasToString("Ended exited with code 3");
        assertThat(ended.outcome()).isEqualTo("Http5xx");
        assertThat(ScrapeResult.status(503, new LauncherError("Stale", "old")).reason())
                .hasToString("Http503 Stale");
    }
}
