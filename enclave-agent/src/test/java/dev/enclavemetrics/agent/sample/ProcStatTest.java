package dev.enclavemetrics.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.frame.CpuMode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {

    private static final String TWO_CORES =
            """
            cpu  641270 0 67290 1813690 5440 0 3980 48360 77 88
            cpu0 320635 0 33645 906845 2720 0 1990 24180 77 88
            cpu3 320635 0 33645 906845 2720 0 1990 24180 0 0
            intr 4242 1 2 3
            ctxt 99
            """;

    private final CpuTimes times = new CpuTimes();

    @Test
    void readsTheEightModesInMsAndLeavesGuestOut() {
        parse(TWO_CORES);

        assertThat(times.totalMs)
                .containsExactly(6412700, 0, 672900, 18136900, 54400, 0, 39800, 483600);
        assertThat(times.cores()).isEqualTo(2);
        assertThat(times.coreMs(1, CpuMode.IDLE.index())).isEqualTo(9068450);
    }

    @Test
    void keepsTheNumbersOfCoresThatAreOnline() {
        parse(TWO_CORES);

        assertThat(times.coreId(0)).isZero();
        assertThat(times.coreId(1)).isEqualTo(3);
    }

    @Test
    void countsModesThatOldKernelsLackAsZero() {
        parse("cpu  1 2 3 4\ncpu0 1 2 3 4\nintr 1\n");

        assertThat(times.totalMs).containsExactly(10, 20, 30, 40, 0, 0, 0, 0);
    }

    @Test
    void everyPrefixGivesTheWholeValueOrNone() {
        int complete = TWO_CORES.indexOf("intr") + "cpu".length();
        for (int length = 0; length < TWO_CORES.length(); length++) {
            String prefix = TWO_CORES.substring(0, length);
            if (length < complete) {
                assertThatThrownBy(() -> parse(prefix))
                        .as(prefix)
                        .isInstanceOf(ProcFormatException.class);
            } else {
                parse(prefix);
                assertThat(times.cores()).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "intr 1\n",
                "cpu0 1 2 3 4\nintr 1\n",
                "cpu  1 2 3\ncpu0 1 2 3 4\nintr 1\n",
                "cpu  1 2 3 -4\ncpu0 1 2 3 4\nintr 1\n",
                "cpu  1 2 3 x\ncpu0 1 2 3 4\nintr 1\n",
                "cpu  1 2 3 99999999999999999999\ncpu0 1 2 3 4\nintr 1\n",
                "cpu  1 2 3 4\nintr 1\n",
                "cpu  1 2 3 4\ncpuX 1 2 3 4\nintr 1\n",
            })
    void refusesWhatTheKernelWouldNotWrite(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(ProcFormatException.class);
    }

    private void parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        ProcStat.parse(new ProcText().over(bytes, bytes.length), times);
    }
}
