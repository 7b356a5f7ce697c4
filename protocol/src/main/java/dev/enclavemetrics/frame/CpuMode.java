package dev.enclavemetrics.frame;

import java.util.List;

/**
 * The modes in which the kernel accounts CPU time, in the order of {@code /proc/stat} and of the
 * frame (proc_stat(5)). Guest time is left out: the kernel counts it inside user and nice.
 */
public enum CpuMode {
    USER(0),
    NICE(1),
    SYSTEM(2),
    IDLE(3),
    IOWAIT(4),
    IRQ(5),
    SOFTIRQ(6),
    STEAL(7);

    /** All modes, in order; {@code values()} would copy an array at each call. */
    public static final List<CpuMode> ALL = List.of(values());

    /** The number of modes. */
    public static final int COUNT = 8;

    private final int index;

    CpuMode(int index) {
        this.index = index;
    }

    /** The index of this mode among all; part of the frame's layout. */
    public int index() {
        return index;
    }

    /** Whether time in this mode counts as busy: the core worked, or the host took it (steal). */
    public boolean busy() {
        return this != IDLE && this != IOWAIT;
    }
}
