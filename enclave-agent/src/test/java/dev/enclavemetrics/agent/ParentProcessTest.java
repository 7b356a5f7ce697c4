package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.agent.sample.ProcText;
import dev.enclavemetrics.agent.settings.AgentConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParentProcessTest {

    @ParameterizedTest
    @CsvSource({
        "S, 1, false",
        "R, 5, false",
        "D, 1, false",
        "T, 1, false",
        "Z, 1, true",
        "X, 0, true",
        "Z, 3, false",
    })
    void endsWithTheLastThread(String state, int threads, boolean ended) {
        String text =
                "10 (sh) %s 9 10 9 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 %d 0 99 0\n"
                        .formatted(state, threads);
        assertThat(hasEnded(text)).isEqualTo(ended);
        assertThat(hasEnded(text.replace("(sh)", "(a) Z 1 (b)"))).isEqualTo(ended);
    }

    @ParameterizedTest
    @CsvSource({"''", "10", "10 (sh)", "10 (sh) Z", "10 (sh) Z 9 10"})
    void takesATextThatIsCutOffForAnEnd(String text) {
        assertThat(hasEnded(text)).isTrue();
    }

    @Test
    void endsWithARealProcess() throws Exception {
        assumeThat(Path.of("/proc/self/stat")).exists();
        Process process = new ProcessBuilder("cat").start();
        try (ParentProcess companion = new ParentProcess((int) process.pid())) {
            assertThat(companion.hasEnded()).isFalse();
            process.getOutputStream().close();
            process.waitFor();

            assertThat(companion.hasEnded()).isTrue();
        }
    }

    @Test
    void neverEndsWhereThereIsNone() throws IOException {
        try (ParentProcess none = new ParentProcess(AgentConfig.NO_PID)) {
            assertThat(none.hasEnded()).isFalse();
        }
    }

    private static boolean hasEnded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ParentProcess.hasEnded(new ProcText().over(bytes, bytes.length));
    }
}
