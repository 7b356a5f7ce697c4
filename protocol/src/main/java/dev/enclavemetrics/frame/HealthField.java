package dev.enclavemetrics.frame;

import java.util.List;

/**
 * The health metrics of the enclave's kernel, in the order of the frame. A kernel may lack some.
 */
public enum HealthField {
    /** Threads that run or wait for a core now: procs_running of {@code /proc/stat}. */
    THREADS_RUNNABLE(0),
    /** Threads that wait for I/O now: procs_blocked of {@code /proc/stat}. */
    THREADS_BLOCKED(1),
    /** Processes killed for lack of memory since boot: oom_kill of {@code /proc/vmstat}. */
    OOM_KILLS(2),
    /** Open file handles of all processes now: {@code /proc/sys/fs/file-nr}. */
    FILES_OPEN(3),
    /**
     * Time since boot in which some thread waited for a core, µs; this and all below are from PSI.
     */
    CPU_STALLED_US(4),
    /** Time in which some thread waited for memory, µs. */
    MEMORY_STALLED_US(5),
    /** Time in which all threads waited for memory, µs. */
    MEMORY_ALL_STALLED_US(6),
    /** Time in which some thread waited for I/O, µs. */
    IO_STALLED_US(7),
    /** Time in which all threads waited for I/O, µs. */
    IO_ALL_STALLED_US(8);

    /** All fields, in order; {@code values()} would copy an array at each call. */
    public static final List<HealthField> ALL = List.of(values());

    /** The number of fields. */
    public static final int COUNT = 9;

    /** In the frame: the kernel does not have this field. */
    public static final long UNKNOWN = -1;

    private final int index;

    HealthField(int index) {
        this.index = index;
    }

    /** The index of this field among all; part of the frame's layout. */
    public int index() {
        return index;
    }
}
