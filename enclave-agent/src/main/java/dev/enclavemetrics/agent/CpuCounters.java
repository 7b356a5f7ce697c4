package dev.enclavemetrics.agent;

import dev.enclavemetrics.frame.CpuMode;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CPU time that never runs backwards, nor faster than the clock. The kernel's counters do: iowait
 * may decrease, and idle jumps when a core goes offline, since it comes from another clock then
 * (fs/proc/stat.c). Each mode grows by what it moved forwards; a step back counts as 0, and so does
 * the way up again, or a mode that swings (iowait and idle exchange a whole sleep of a core) would
 * grow with each swing.
 */
final class CpuCounters {

    /**
     * How far a counter may be off, ms: ticks come late, a core that the host kept waiting gets its
     * time afterwards. A step further back than that, or further ahead of the clock, is no CPU
     * time: another clock was read (a core went), or a counter overflowed. node_exporter takes the
     * same bound for steps back.
     */
    private static final long NOISE_MS = 3000;

    private static final int IDLE = CpuMode.IDLE.index();
    private static final int IOWAIT = CpuMode.IOWAIT.index();

    private final CpuTimes last = new CpuTimes();
    private final CpuTimes highest = new CpuTimes();
    private final long[] modeMs = new long[CpuMode.COUNT];
    private boolean started;
    private @Nullable String ahead;

    private long busyMs;
    private long allMs;
    private long[] coreBusyMs = new long[0];
    private long[] coreAllMs = new long[0];

    /**
     * Moves to the times of a sample.
     *
     * @param elapsedMs since the sample before, by the monotonic clock
     * @return whether the counters go on; if not (the first sample, other cores, or a step that is
     *     no CPU time) the differences to earlier values mean nothing
     */
    boolean moveTo(CpuTimes now, long elapsedMs) {
        ahead = null;
        boolean goesOn = started && now.sameCores(last) && plausible(now, elapsedMs);
        if (goesOn) {
            add(now);
        } else {
            if (!started) {
                System.arraycopy(now.totalMs, 0, modeMs, 0, CpuMode.COUNT);
            }
            highest.copyFrom(now);
        }
        last.copyFrom(now);
        if (coreBusyMs.length < now.cores()) {
            coreBusyMs = Arrays.copyOf(coreBusyMs, now.cores());
            coreAllMs = Arrays.copyOf(coreAllMs, now.cores());
        }
        started = true;
        return goesOn;
    }

    /** What moved ahead of the clock by more than noise in the last step, in words, or null. */
    @Nullable String ahead() {
        return ahead;
    }

    private boolean plausible(CpuTimes now, long elapsedMs) {
        boolean plausible = plausible(now, CpuTimes.ALL_CORES, now.cores(), elapsedMs);
        for (int core = 0; plausible && core < now.cores(); core++) {
            plausible = plausible(now, core, 1, elapsedMs);
        }
        return plausible;
    }

    /**
     * Mode by mode: a program that wakes with each tick is charged for whole ticks though the core
     * is idle for most of them, so the sum of all modes may exceed the time.
     */
    private boolean plausible(CpuTimes now, int core, int cores, long elapsedMs) {
        long mostMs = cores * (elapsedMs + NOISE_MS);
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            long stepMs = now.ms(core, mode) - last.ms(core, mode);
            if (mode == IOWAIT) {
                continue; // part of idle, with which it exchanges a whole sleep of a core
            }
            if (stepMs <= -NOISE_MS) {
                return false;
            }
            long aheadMs =
                    mode == IDLE ? stepMs + now.ms(core, IOWAIT) - last.ms(core, IOWAIT) : stepMs;
            if (aheadMs > mostMs) {
                ahead =
                        CpuMode.ALL.get(mode).name().toLowerCase(Locale.ROOT)
                                + " of "
                                + (core < 0 ? "all cores" : "cpu" + now.coreId(core))
                                + " moved by "
                                + aheadMs
                                + "ms in "
                                + elapsedMs
                                + "ms";
                return false;
            }
        }
        return true;
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
        return highestMs - nowMs >= NOISE_MS ? nowMs : Math.max(highestMs, nowMs);
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
