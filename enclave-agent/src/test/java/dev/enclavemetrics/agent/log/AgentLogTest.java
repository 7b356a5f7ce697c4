package dev.enclavemetrics.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentLogTest {

    @Test
    void saysThatTheJreLacksAClass() {
        CapturedLog captured = new CapturedLog();
        captured.log.failure("no sample", new NoClassDefFoundError("java/util/Locale"));
        assertThat(captured.lines())
                .singleElement()
                .asString()
                .contains("no sample: the JRE must have the class java/util/Locale, found none");
    }
}
