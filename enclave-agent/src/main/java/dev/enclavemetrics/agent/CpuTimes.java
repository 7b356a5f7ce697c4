package dev.enclavemetrics.agent;

import dev.enclavemetrics.frame.CpuMode;
import java.util.Arrays;

/**
 * Cumulative CPU time since the machine's start, of all cores together and of each core online, by
 * {@link CpuMode}, ms. Filled anew by each sample; it grows only with the count of cores.
 */
final class CpuTimes {

    /** Stands for all cores together where the place of a core is asked for. */
    static final int ALL_CORES = -1;

    /** All cores together; from the kernel's own line, so cores that went offline count on. */
    final long[] totalMs = new long[CpuMode.COUNT];

    private int cores;
    private int[] coreIds = new int[0];
    private long[] coreMs = new long[0];

    int cores() {
        return cores;
    }

    /** The kernel's number of the core at this place. */
    int coreId(int core) {
        return coreIds[core];
    }

    long coreMs(int core, int mode) {
        return coreMs[core * CpuMode.COUNT + mode];
    }

    /** Of the core at this place, or of {@link #ALL_CORES} together. */
    long ms(int core, int mode) {
        return core == ALL_CORES ? totalMs[mode] : coreMs(core, mode);
    }

    void clear() {
        cores = 0;
        Arrays.fill(totalMs, 0);
    }

    /** Adds a core and returns its place. */
    int addCore(int id) {
        if (cores == coreIds.length) {
            int room = Math.max(4, cores * 2);
            coreIds = Arrays.copyOf(coreIds, room);
            coreMs = Arrays.copyOf(coreMs, room * CpuMode.COUNT);
        }
        coreIds[cores] = id;
        Arrays.fill(coreMs, cores * CpuMode.COUNT, (cores + 1) * CpuMode.COUNT, 0);
        return cores++;
    }

    void coreMs(int core, int mode, long timeMs) {
        coreMs[core * CpuMode.COUNT + mode] = timeMs;
    }

    /** Whether the same cores are online in both. */
    boolean sameCores(CpuTimes other) {
        return Arrays.equals(coreIds, 0, cores, other.coreIds, 0, other.cores);
    }

    void copyFrom(CpuTimes other) {
        System.arraycopy(other.totalMs, 0, totalMs, 0, CpuMode.COUNT);
        if (coreIds.length < other.cores) {
            coreIds = new int[other.coreIds.length];
            coreMs = new long[other.coreMs.length];
        }
        cores = other.cores;
        System.arraycopy(other.coreIds, 0, coreIds, 0, cores);
        System.arraycopy(other.coreMs, 0, coreMs, 0, cores * CpuMode.COUNT);
    }
}
