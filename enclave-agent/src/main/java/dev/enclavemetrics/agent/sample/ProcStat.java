package dev.enclavemetrics.agent.sample;

import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.MetricsFrame;
import java.nio.charset.StandardCharsets;

/**
 * Parses the {@code cpu} lines of {@code /proc/stat} (proc_stat(5)): the first is the total, then
 * there is one per online core. Of the ten numbers the last two, guest and guest_nice, are already
 * included in user and nice.
 */
final class ProcStat {

    /**
     * USER_HZ is 100 on every architecture that enclaves run on, independent of the kernel's HZ.
     */
    private static final long MS_PER_TICK = 10;

    private static final int MAX_CORE_ID = MetricsFrame.MAX_CORES - 1;

    private static final byte[] CPU = "cpu".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_MODES = CpuMode.IDLE.index() + 1;

    private ProcStat() {}

    /**
     * Reads the lines.
     *
     * @param text of the file; anything after the {@code cpu} lines is ignored
     * @throws ProcFormatException if the lines are malformed, or no other line follows them: then
     *     the text was truncated, and cores may be missing
     */
    static void parse(ProcText text, CpuTimes into) {
        into.clear();
        if (!text.take(CPU) || text.atDigit()) {
            throw new ProcFormatException("the first line must be that of all cores, \"cpu …\"");
        }
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            into.totalMs[mode] = timeMs(text, mode);
        }
        text.nextLine();
        while (text.take(CPU)) {
            int core = into.addCore(coreId(text));
            for (int mode = 0; mode < CpuMode.COUNT; mode++) {
                into.coreMs(core, mode, timeMs(text, mode));
            }
            text.nextLine();
        }
        if (text.left() < CPU.length) { // may be the beginning of one more core's line
            throw new ProcFormatException("a line must follow those of the cores: text cut off");
        }
        if (into.cores() == 0) {
            throw new ProcFormatException("there must be a line for each core online, found none");
        }
    }

    private static int coreId(ProcText text) {
        long id = text.number();
        if (id > MAX_CORE_ID) {
            throw new ProcFormatException(
                    "the number of a core must be at most " + MAX_CORE_ID + ", found " + id);
        }
        return (int) id;
    }

    /** Kernels before 2.6.11 have fewer columns; the missing ones are 0. */
    private static long timeMs(ProcText text, int mode) {
        text.skipSpaces();
        if (mode >= MIN_MODES && !text.atDigit()) {
            return 0;
        }
        return text.number() * MS_PER_TICK;
    }
}
