package dev.enclavemetrics.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuModeTest {

    @Test
    void keepsTheOrderOfProcStat() {
        assertThat(CpuMode.ALL)
                .extracting(CpuMode::name)
                .containsExactly(
                        "USER", "NICE", "SYSTEM", "IDLE", "IOWAIT", "IRQ", "SOFTIRQ", "STEAL");
        assertThat(CpuMode.ALL).extracting(CpuMode::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(CpuMode.COUNT).isEqualTo(CpuMode.values().length);
    }

    @Test
    void countsAllButIdleAndIowaitAsBusy() {
        assertThat(CpuMode.ALL.stream().filter(mode -> !mode.busy()))
                .containsExactly(CpuMode.IDLE, CpuMode.IOWAIT);
    }
}
