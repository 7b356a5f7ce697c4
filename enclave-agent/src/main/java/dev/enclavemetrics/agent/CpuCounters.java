package dev.enclavemetrics.agent;

import dev.enclavemetrics.frame.CpuMode;
import java.util.Arrays;

/**
 * CPU time that never runs backwards. The kernel's counters do: iowait may decrease, and idle jumps
 * when a core goes offline, since it comes from another clock then (fs/proc/stat.c). Each mode
 * grows by what it moved forwards; a step back counts as 0, and so does the way up again, or a mode
 * that swings (iowait and idle exchange a whole sleep of a core) would grow with each swing.
 */
final class CpuCounters {

    /**
     * A jump this far back, of idle, is a core that went and no noise: node_exporter's bound too.
     */
    private static final long FAR_BACK_MS = 3000;

    private final CpuTimes highest = new CpuTimes();
    private final long[] modeMs = new long[CpuMode.COUNT];
    private boolean started;

    private long busyMs;
    private long allMs;
    private long[] coreBusyMs = new long[0];
    private long[] coreAllMs = new long[0];

    /**
     * Moves to the times of a sample.
     *
     * @return whether the counters go on; if not (the first sample, other cores, or idle far back)
     *     the differences to earlier values mean nothing
     */
    boolean moveTo(CpuTimes now) {
        boolean goesOn = started && now.sameCores(highest) && !idleJumpedBack(now);
        if (goesOn) {
            add(now);
        } else {
            if (!started) {
                System.arraycopy(now.totalMs, 0, modeMs, 0, CpuMode.COUNT);
            }
            highest.copyFrom(now);
        }
        if (coreBusyMs.length < now.cores()) {
            coreBusyMs = Arrays.copyOf(coreBusyMs, now.cores());
            coreAllMs = Arrays.copyOf(coreAllMs, now.cores());
        }
        started = true;
        return goesOn;
    }

    private boolean idleJumpedBack(CpuTimes now) {
        int idle = CpuMode.IDLE.place();
        return highest.totalMs[idle] - now.totalMs[idle] >= FAR_BACK_MS;
    }

    private void add(CpuTimes now) {
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            long movedMs = movedMs(highest.totalMs[mode], now.totalMs[mode]);
            highest.totalMs[mode] = reachedMs(highest.totalMs[mode], now.totalMs[mode]);
            modeMs[mode] += movedMs;
            allMs += movedMs;
            busyMs += CpuMode.ALL.get(mode).busy() ? movedMs : 0;
        }
        for (int core = 0; core < now.cores(); core++) {
            for (int mode = 0; mode < CpuMode.COUNT; mode++) {
                long highestMs = highest.coreMs(core, mode);
                long movedMs = movedMs(highestMs, now.coreMs(core, mode));
                highest.coreMs(core, mode, reachedMs(highestMs, now.coreMs(core, mode)));
                coreAllMs[core] += movedMs;
                coreBusyMs[core] += CpuMode.ALL.get(mode).busy() ? movedMs : 0;
            }
        }
    }

    private static long movedMs(long highestMs, long nowMs) {
        return Math.max(0, nowMs - highestMs);
    }

    /** What a counter grows from next: its highest value, or anew from far below it. */
    private static long reachedMs(long highestMs, long nowMs) {
        return highestMs - nowMs >= FAR_BACK_MS ? nowMs : Math.max(highestMs, nowMs);
    }

    /** Cumulative, of one {@link CpuMode}: the kernel's at the first sample, then never less. */
    long modeMs(int mode) {
        return modeMs[mode];
    }

    int cores() {
        return highest.cores();
    }

    long busyMs() {
        return busyMs;
    }

    long allMs() {
        return allMs;
    }

    long coreBusyMs(int core) {
        return coreBusyMs[core];
    }

    long coreAllMs(int core) {
        return coreAllMs[core];
    }
}
