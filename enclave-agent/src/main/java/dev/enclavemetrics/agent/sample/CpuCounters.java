package dev.enclavemetrics.agent.sample;

import dev.enclavemetrics.frame.CpuMode;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Monotonic CPU time, never faster than the clock. The kernel's counters are neither: iowait may
 * decrease, and idle jumps when a core goes offline, since the kernel then takes it from another
 * clock (fs/proc/stat.c). Each mode increases by its forward steps. A backward step counts as 0,
 * and so does the way back up: otherwise a mode that swings, as iowait and idle do by a whole sleep
 * of a core, would increase with each swing.
 */
public final class CpuCounters {

    /**
     * Tolerance in ms: ticks may be late, and a core that the host did not schedule gets its time
     * afterwards. A larger step back, or ahead of the clock, is not CPU time: the kernel read
     * another clock (a core went offline), or a counter overflowed. node_exporter has the same
     * bound for backward steps.
     */
    private static final long NOISE_MS = 3000;

    private static final int IDLE = CpuMode.IDLE.index();
    private static final int IOWAIT = CpuMode.IOWAIT.index();

    private final CpuTimes previous = new CpuTimes();
    private final CpuTimes highest = new CpuTimes();
    private final long[] modeMs = new long[CpuMode.COUNT];
    private boolean started;
    private @Nullable String ahead;

    private long busyMs;
    private long allMs;
    private long[] coreBusyMs = new long[0];
    private long[] coreAllMs = new long[0];

    /**
     * Advances to the CPU times of a sample.
     *
     * @param elapsedMs since the previous sample, by the monotonic clock
     * @return whether differences to earlier values are meaningful; not after the first sample, a
     *     change of the online cores, or an implausible step
     */
    public boolean moveTo(CpuTimes now, long elapsedMs) {
        ahead = null;
        boolean continuous = started && now.sameCores(previous) && plausible(now, elapsedMs);
        if (continuous) {
            add(now);
        } else {
            if (!started) {
                System.arraycopy(now.totalMs, 0, modeMs, 0, CpuMode.COUNT);
            }
            highest.copyFrom(now);
        }
        previous.copyFrom(now);
        if (coreBusyMs.length < now.cores()) {
            coreBusyMs = Arrays.copyOf(coreBusyMs, now.cores());
            coreAllMs = Arrays.copyOf(coreAllMs, now.cores());
        }
        started = true;
        return continuous;
    }

    /** Describes what moved ahead of the clock by more than noise in the last step, or null. */
    public @Nullable String ahead() {
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
     * Checked per mode: a program that wakes with each kernel tick is charged whole ticks although
     * the core is mostly idle, so the sum of all modes may exceed the elapsed time.
     */
    private boolean plausible(CpuTimes now, int core, int cores, long elapsedMs) {
        long maxMs = cores * (elapsedMs + NOISE_MS);
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            long stepMs = now.ms(core, mode) - previous.ms(core, mode);
            if (mode == IOWAIT) {
                continue; // checked as part of idle, with which it exchanges time
            }
            if (stepMs <= -NOISE_MS) {
                return false;
            }
            long aheadMs =
                    mode == IDLE
                            ? stepMs + now.ms(core, IOWAIT) - previous.ms(core, IOWAIT)
                            : stepMs;
            if (aheadMs > maxMs) {
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
            long growthMs = growthMs(highest.totalMs[mode], now.totalMs[mode]);
            highest.totalMs[mode] = baseMs(highest.totalMs[mode], now.totalMs[mode]);
            modeMs[mode] += growthMs;
            allMs += growthMs;
            busyMs += CpuMode.ALL.get(mode).busy() ? growthMs : 0;
        }
        for (int core = 0; core < now.cores(); core++) {
            for (int mode = 0; mode < CpuMode.COUNT; mode++) {
                long highestMs = highest.coreMs(core, mode);
                long growthMs = growthMs(highestMs, now.coreMs(core, mode));
                highest.coreMs(core, mode, baseMs(highestMs, now.coreMs(core, mode)));
                coreAllMs[core] += growthMs;
                coreBusyMs[core] += CpuMode.ALL.get(mode).busy() ? growthMs : 0;
            }
        }
    }

    private static long growthMs(long highestMs, long nowMs) {
        return Math.max(0, nowMs - highestMs);
    }

    /**
     * The value that the next growth is measured from: the highest, or the new one after a large
     * step back.
     */
    private static long baseMs(long highestMs, long nowMs) {
        return highestMs - nowMs >= NOISE_MS ? nowMs : Math.max(highestMs, nowMs);
    }

    /**
     * Cumulative time of a {@link CpuMode} in ms: the kernel's at the first sample, then monotonic.
     */
    public long modeMs(int mode) {
        return modeMs[mode];
    }

    public int cores() {
        return highest.cores();
    }

    public long busyMs() {
        return busyMs;
    }

    public long allMs() {
        return allMs;
    }

    public long coreBusyMs(int core) {
        return coreBusyMs[core];
    }

    public long coreAllMs(int core) {
        return coreAllMs[core];
    }
}
