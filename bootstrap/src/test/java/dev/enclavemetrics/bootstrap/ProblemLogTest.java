package dev.enclavemetrics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProblemLogTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Log log =
            new Log(
                    new PrintStream(written, true, StandardCharsets.UTF_8),
                    InstantSource.fixed(Instant.EPOCH));
    private final ProblemLog problems = ProblemLog.warnings(log);

    private String lines() {
        return written.toString(StandardCharsets.UTF_8)
                .replace("1970-01-01T00:00:00.000Z ", "")
                .replace(System.lineSeparator(), "\n");
    }

    @Test
    void logsTheBeginningEachChangeAndTheEnd() {
        problems.failed("no route");
        problems.failed("no route");
        problems.failed("refused");
        problems.recovered("recovered");
        problems.recovered("recovered");

        assertThat(lines()).isEqualTo("WARN  no route\nWARN  refused\nINFO  recovered\n");
    }

    @Test
    void logsTheSameProblemAgainAfterItsEnd() {
        problems.failed("no route");
        problems.recovered("recovered");
        problems.failed("no route");

        assertThat(lines()).isEqualTo("WARN  no route\nINFO  recovered\nWARN  no route\n");
    }

    @Test
    void comparesCausesWhereMessagesHaveDetails() {
        problems.failed("403", "pod a: forbidden");
        problems.failed("403", "pod b: forbidden");

        assertThat(lines()).isEqualTo("WARN  pod a: forbidden\n");
    }

    @Test
    void tellsTheProblemThatLasts() {
        assertThat(problems.current()).isNull();
        problems.failed("no route");
        assertThat(problems.current()).isEqualTo("no route");
        problems.recovered("recovered");
        assertThat(problems.current()).isNull();
    }

    @Test
    void logsNothingAfterItWasClosed() {
        problems.failed("no route");
        problems.close();
        problems.failed("interrupted");
        problems.recovered("recovered");

        assertThat(lines()).isEqualTo("WARN  no route\n");
    }

    @Test
    void logsErrorsWhereSomethingDoesNotWork() {
        ProblemLog.errors(log).failed("no certificate");

        assertThat(lines()).isEqualTo("ERROR no certificate\n");
    }
}
