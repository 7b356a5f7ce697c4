package dev.enclavemetrics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LogTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Log log =
            new Log(
                    new PrintStream(written, true, StandardCharsets.UTF_8),
                    InstantSource.fixed(Instant.parse("2026-11-24T05:40:00.123Z")));

    @Test
    void writesTimeLevelAndMessageInOneLine() {
        log.info("a");
        log.warn("b");
        log.error("c");

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "2026-11-24T05:40:00.123Z INFO  a",
                        "2026-11-24T05:40:00.123Z WARN  b",
                        "2026-11-24T05:40:00.123Z ERROR c");
    }

    @Test
    void letsNoPeerEndTheLineOrSteerTheTerminal() {
        log.warn("found \"x\r\n2026 INFO all is well\\u001b[2J\\u009b\\u007f\\u2028é\"");

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "2026-11-24T05:40:00.123Z WARN  found \"x\\u000d\\u000a2026 INFO all is"
                                + " well\\u001b[2J\\u009b\\u007f\\u2028é\"");
    }
}
