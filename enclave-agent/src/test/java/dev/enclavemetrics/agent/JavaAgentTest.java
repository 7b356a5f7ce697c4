package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.agent.log.CapturedLog;
import java.io.Closeable;
import org.junit.jupiter.api.Test;

class JavaAgentTest {

    private static final String LINE =
            "enclave-agent: no more metrics, the application keeps running:"
                    + " java.lang.StackOverflowError";

    private final CapturedLog captured = new CapturedLog();
    private final FailingLoop loop = new FailingLoop();

    /** Fails when it runs. */
    private static final class FailingLoop implements Runnable, Closeable {
        private boolean closed;

        @Override
        public void run() {
            throw new StackOverflowError();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void keepsWhateverFailsFromTheApplicationAndClosesTheSocket() {
        JavaAgent.runGuarded(loop, captured.log);

        assertThat(captured.lines()).containsExactly(LINE);
        assertThat(loop.closed).isTrue();
    }

    @Test
    void splitsItsSettingsAtCommasOutsideOfBraces() {
        assertThat(
                        JavaAgent.settings(
                                "interval=1s,application-metrics=a{b=\"1\",c=\"2\"}+d,window=5s"))
                .containsExactly(
                        "interval=1s", "application-metrics=a{b=\"1\",c=\"2\"}+d", "window=5s");
        assertThat(JavaAgent.settings("a,")).containsExactly("a", "");
    }

    @Test
    void saysItsEndAsSoonAsTheHeapHasRoomForTheLine() {
        JavaAgent.runGuarded(loop, FullHeap.log(captured.out, 1));

        assertThat(captured.lines()).containsExactly(LINE);
        assertThat(loop.closed).isTrue();
    }
}
