package dev.enclavemetrics.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepeatedEventTest {

    private static final long SECOND_NS = 1_000_000_000;

    private final AtomicLong nowNs = new AtomicLong();
    private final CapturedLog captured = new CapturedLog();
    private final RepeatedEvent event = new RepeatedEvent(captured.log, nowNs::get);

    @Test
    void logsAMessageOnceAMinuteWithTheCountOfWhatWasNot() {
        for (int second = 0; second < 61; second++) {
            happensAt(second, "refused");
        }
        assertThat(captured.lines())
                .containsExactly(
                        "enclave-agent: refused", "enclave-agent: refused (and 59 more like it)");
    }

    @Test
    void logsAnotherMessageAtOnce() {
        happensAt(0, "refused");
        happensAt(1, "timed out");
        happensAt(2, "refused");
        happensAt(3, "timed out");

        assertThat(captured.lines())
                .containsExactly("enclave-agent: refused", "enclave-agent: timed out");
    }

    @Test
    void logsAFewOfMessagesThatAreAlwaysOthers() {
        for (int second = 0; second < 61; second++) {
            happensAt(second, "status " + second);
        }
        assertThat(captured.lines())
                .containsExactly(
                        "enclave-agent: status 0",
                        "enclave-agent: status 1",
                        "enclave-agent: status 2",
                        "enclave-agent: status 3",
                        "enclave-agent: status 60 (and 56 more like it)");
    }

    private void happensAt(long second, String message) {
        nowNs.set(second * SECOND_NS);
        event.happened(message);
    }
}
