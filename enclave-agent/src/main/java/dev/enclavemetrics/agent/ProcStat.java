package dev.enclavemetrics.agent;

import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.MetricsFrame;
import java.nio.charset.StandardCharsets;

/**
 * Parses the {@code cpu} lines of {@code /proc/stat}: the first for all possible cores, then one a
 * core online (proc_stat(5)). Of the ten numbers the last two, guest and guest_nice, are already in
 * user and nice.
 */
final class ProcStat {

    /** USER_HZ is 100 on every architecture that enclaves run on, whatever the kernel's own HZ. */
    private static final long MS_PER_TICK = 10;

    private static final int MAX_CORE_ID = MetricsFrame.MAX_CORES - 1;

    private static final byte[] CPU = "cpu".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_MODES = CpuMode.IDLE.index() + 1;

    private ProcStat() {}

    /**
     * Reads the lines.
     *
     * @param text from the file's beginning; anything after the {@code cpu} lines is not looked at
     * @throws ProcFormatException if the lines are not whole: a line of another kind must follow
     *     them, as it does in the kernel's own text, else the text may lack cores
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
        if (text.left() < CPU.length) { // it may be the beginning of one more core's
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

    /** Kernels before 2.6.11 end the line earlier; what they do not count is 0. */
    private static long timeMs(ProcText text, int mode) {
        text.skipSpaces();
        if (mode >= MIN_MODES && !text.atDigit()) {
            return 0;
        }
        return text.number() * MS_PER_TICK;
    }
}
