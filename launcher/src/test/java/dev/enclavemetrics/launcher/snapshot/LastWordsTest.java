package dev.enclavemetrics.launcher.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.HealthField;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXITED | 0 | 0 | exited with code 0 (memory usage 31 %)",
                "EXITED | 255 | 0 | exited with code 255 (memory usage 31 %)",
                "EXITED | 137 | 2 | exited with code 137 (2 OOM kills, memory usage 31 %)",
                "KILLED | 15 | 0 | was killed by signal 15 (memory usage 31 %)",
                "KILLED | 15 | 1 | was killed by signal 15 (1 OOM kill, memory usage 31 %)",
                "KILLED | 9 | 0 | was killed by signal 9 (memory usage 31 %)",
                "KILLED | 9 | 1 | was killed by signal 9 (probably out of memory, 1 OOM kill,"
                        + " memory usage 31 %)"
            })
    void sayHowTheCommandEnded(Ending.Kind kind, int code, long oomKills, String words) {
        Ending ending = new Ending(kind, code);
        Map<HealthField, Long> health = Map.of(HealthField.OOM_KILLS, oomKills);

        assertThat(LastWords.of(ending, Frames.with(Frames.frame(9, 1000), health, ending)))
                .isEqualTo("the enclave's command " + words);
    }

    @ParameterizedTest
    @CsvSource({"EXITED", "KILLED"})
    void needNoHealthNumbers(Ending.Kind kind) {
        Ending ending = new Ending(kind, 9);

        assertThat(LastWords.of(ending, Frames.with(Frames.frame(9, 1000), Map.of(), ending)))
                .endsWith("9 (memory usage 31 %)");
    }
}
