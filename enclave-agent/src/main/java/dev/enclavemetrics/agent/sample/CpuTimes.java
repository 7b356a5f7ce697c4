package dev.enclavemetrics.agent.sample;

import dev.enclavemetrics.frame.CpuMode;
import java.util.Arrays;

/**
 * Cumulative CPU time since boot in ms, by {@link CpuMode}: the total, and of each online core.
 * Reused for each sample; it allocates only when there are more cores.
 */
public final class CpuTimes {

    /** Means the total, where an index of a core is expected. */
    static final int ALL_CORES = -1;

    /** From the kernel's own line for all cores, so it includes cores that went offline. */
    public final long[] totalMs = new long[CpuMode.COUNT];

    private int cores;
    private int[] coreIds = new int[0];
    private long[] coreMs = new long[0];

    public int cores() {
        return cores;
    }

    /** The kernel's number of the core with this index. */
    int coreId(int core) {
        return coreIds[core];
    }

    public long coreMs(int core, int mode) {
        return coreMs[core * CpuMode.COUNT + mode];
    }

    /** Of the core with this index, or of {@link #ALL_CORES}. */
    long ms(int core, int mode) {
        return core == ALL_CORES ? totalMs[mode] : coreMs(core, mode);
    }

    public void clear() {
        cores = 0;
        Arrays.fill(totalMs, 0);
    }

    /** Adds a core and returns its index. */
    public int addCore(int id) {
        if (cores == coreIds.length) {
            int capacity = Math.max(4, cores * 2);
            coreIds = Arrays.copyOf(coreIds, capacity);
            coreMs = Arrays.copyOf(coreMs, capacity * CpuMode.COUNT);
        }
        coreIds[cores] = id;
        Arrays.fill(coreMs, cores * CpuMode.COUNT, (cores + 1) * CpuMode.COUNT, 0);
        return cores++;
    }

    public void coreMs(int core, int mode, long timeMs) {
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
