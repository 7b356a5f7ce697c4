package dev.enclavemetrics.metricsserver.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.bootstrap.Timestamps;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {

    private final JsonBytes json = new JsonBytes();

    private String written() {
        return new String(json.toArray(), UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api-1",
                "a.b",
                "\"",
                "\\",
                "\u0000\n\u001f\u007f",
                "é",
                "日本",
                "😀",
                "/"
            })
    void writesTextAsAParserReadsIt(String text) {
        json.raw("\"").text(text).raw("\"");

        assertThat(Json.read(json.toArray()).asString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 15, 600, 1_000, Integer.MAX_VALUE})
    void writesNumbers(int value) {
        assertThat(new String(json.number(value).toArray(), UTF_8)).isEqualTo("" + value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2026-11-24T05:40:00.987Z",
                "2028-02-29T23:59:59.999Z",
                "2028-03-01T00:00:00Z",
                "9999-12-31T09:08:07Z"
            })
    void writesTimesToTheSecond(String time) {
        json.seconds(Instant.parse(time));

        assertThat(written()).isEqualTo(Timestamps.seconds(Instant.parse(time)));
    }

    @Test
    void writesTimesOfDaysThatChange() {
        Instant evening = Instant.parse("2026-12-31T23:59:59Z");

        json.seconds(evening).raw(" ").seconds(evening.plusSeconds(1)).raw(" ").seconds(evening);

        assertThat(written())
                .isEqualTo("2026-12-31T23:59:59Z 2027-01-01T00:00:00Z 2026-12-31T23:59:59Z");
    }

    @Test
    void growsAndIsReusable() {
        String text = "x".repeat(100_000);
        for (int i = 0; i < 30; i++) {
            json.text(text);
        }
        assertThat(written()).isEqualTo(text.repeat(30));
        assertThat(json.toBuffer().toString()).isEqualTo(text.repeat(30));

        json.clear().raw("{}");

        assertThat(json.toBuffer().toString()).isEqualTo("{}");
    }
}
