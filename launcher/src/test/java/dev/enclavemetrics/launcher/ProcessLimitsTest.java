package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessLimitsTest {

    @Test
    void readsTheSoftLimitOfOpenFiles() {
        String limits =
                """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             95849                95849                processes
                Max open files            1024                 524288               files
                Max locked memory         67108864             67108864             bytes
                """;

        assertThat(ProcessLimits.openFiles(limits)).isEqualTo(1024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Max open files",
                "Max open files            unlimited            unlimited            files",
                "Max open files            -1                   1                    files",
                "Max open files            99999999999999999999 1                    files",
                "not Max open files        5                    5                    files"
            })
    void takesWhatItCannotReadForNoLimit(String limits) {
        assertThat(ProcessLimits.openFiles(limits)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void readsThoseOfThisProcess() {
        ProcessLimits limits = ProcessLimits.ofThisProcess();

        assertThat(limits.heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(limits.openFiles()).isPositive();
    }
}
