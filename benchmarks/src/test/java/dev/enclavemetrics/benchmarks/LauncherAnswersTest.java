package dev.enclavemetrics.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LauncherAnswersTest {

    private static final int SLOT = 1042;
    private static final long NOW_NS = 17 * ValueClock.STEP_NS;

    private final LauncherAnswers answers = new LauncherAnswers();

    @Test
    void givesJsonWithTheSlotAndTheTime() {
        assertThat(well(false))
                .contains("content-type: application/json\r\n")
                .contains(
                        "{\"nitro_enclave_cpu_usage\":0.042,\"nitro_enclave_memory_usage\":0.017,");
    }

    @Test
    void givesPrometheusWhatTheLauncherWouldWrite() {
        assertThat(well(true))
                .contains("content-type: application/openmetrics-text; version=1.0.0")
                .contains("\nnitro_enclave_cpu_usage 0.042\n")
                .contains("\nnitro_enclave_memory_usage 0.017\n")
                .contains("\nnitro_enclave_up 1.0\n")
                .endsWith("# EOF\n");
    }

    @Test
    void saysHowLongItsBodyIs() {
        for (boolean openMetrics : new boolean[] {false, true}) {
            String[] headAndBody = well(openMetrics).split("\r\n\r\n", 2);
            assertThat(headAndBody[0]).contains("content-length: " + headAndBody[1].length());
        }
    }

    private String well(boolean openMetrics) {
        return answers.healthy(SLOT, openMetrics, NOW_NS, UnpooledByteBufAllocator.DEFAULT)
                .toString(StandardCharsets.US_ASCII);
    }
}
