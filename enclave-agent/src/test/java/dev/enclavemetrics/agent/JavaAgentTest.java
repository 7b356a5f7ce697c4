package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaAgentTest {

    private final CapturedLog captured = new CapturedLog();

    @Test
    void keepsWhateverFailsFromTheApplication() {
        JavaAgent.runGuarded(
                () -> {
                    throw new StackOverflowError();
                },
                captured.log);

        assertThat(captured.lines())
                .containsExactly(
                        "enclave-agent: no more metrics, the application runs on:"
                                + " java.lang.StackOverflowError");
    }
}
