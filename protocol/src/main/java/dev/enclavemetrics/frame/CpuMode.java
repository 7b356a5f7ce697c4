package dev.enclavemetrics.frame;

import java.util.List;

/**
 * The modes in which the kernel accounts CPU time, in the order of {@code /proc/stat} and of the
 * frame (proc_stat(5)). Guest time is left out: the kernel counts it inside user and nice.
 */
public enum CpuMode {
    USER,
    NICE,
    SYSTEM,
    IDLE,
    IOWAIT,
    IRQ,
    SOFTIRQ,
    STEAL;

    /** All modes, in order; {@code values()} would copy an array at each call. */
    public static final List<CpuMode> ALL = List.of(values());

    /** How many modes there are. */
    public static final int COUNT = 8;

    /** Whether time in this mode is time in which the core did work or was kept from it. */
    public boolean busy() {
        return this != IDLE && this != IOWAIT;
    }
}
