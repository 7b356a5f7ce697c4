package dev.enclavemetrics.agent.sample;

import java.nio.charset.StandardCharsets;

/** Parses {@code /proc/meminfo} (proc_meminfo(5)): {@code Name: number kB} lines. */
final class ProcMeminfo {

    private static final long BYTES_PER_KB = 1024;

    private static final byte[] MEM_TOTAL = ascii("MemTotal:");
    private static final byte[] MEM_FREE = ascii("MemFree:");
    private static final byte[] MEM_AVAILABLE = ascii("MemAvailable:");
    private static final byte[] CACHED = ascii("Cached:");
    private static final byte[] ACTIVE_FILE = ascii("Active(file):");
    private static final byte[] INACTIVE_FILE = ascii("Inactive(file):");
    private static final byte[] RECLAIMABLE_SLAB = ascii("SReclaimable:");
    private static final byte[] SHARED = ascii("Shmem:");

    private static final int LINES_NEEDED = 8;

    private final int[] lineStarts = new int[LINES_NEEDED];
    private int linesKnown;

    /**
     * Reads the needed lines. First where they were in the last text, since the kernel writes
     * fixed-width columns; else from the beginning up to the last of them. Other lines are skipped.
     *
     * @throws ProcFormatException if the text is truncated, or MemTotal is not above 0
     */
    void parse(ProcText text, MeminfoFields into) {
        into.clear();
        for (int i = 0; i < linesKnown && text.toLine(lineStarts[i]); i++) {
            parseLine(text, into);
            text.nextLine();
        }
        if (!into.complete()) {
            parseAll(text, into);
        }
        if (into.totalBytes <= 0) {
            throw new ProcFormatException(
                    "the line MemTotal must exist and be above 0, found none");
        }
    }

    private void parseAll(ProcText text, MeminfoFields into) {
        into.clear();
        linesKnown = 0;
        text.toLine(0);
        while (!text.atEnd() && !into.complete()) {
            int start = text.at();
            if (parseLine(text, into) && linesKnown < LINES_NEEDED) {
                lineStarts[linesKnown++] = start;
            }
            text.nextLine();
        }
    }

    /** Dispatches by the first letter, since most lines are not needed; true for one that is. */
    private static boolean parseLine(ProcText text, MeminfoFields into) {
        switch (text.peek()) {
            case 'M' -> {
                if (text.take(MEM_TOTAL)) {
                    into.totalBytes = bytes(text);
                } else if (text.take(MEM_FREE)) {
                    into.freeBytes = bytes(text);
                } else if (text.take(MEM_AVAILABLE)) {
                    into.availableBytes = bytes(text);
                } else {
                    return false;
                }
            }
            case 'C' -> {
                if (!text.take(CACHED)) {
                    return false;
                }
                into.cachedBytes = bytes(text);
            }
            case 'A' -> {
                if (!text.take(ACTIVE_FILE)) {
                    return false;
                }
                into.activeFileBytes = bytes(text);
            }
            case 'I' -> {
                if (!text.take(INACTIVE_FILE)) {
                    return false;
                }
                into.inactiveFileBytes = bytes(text);
            }
            case 'S' -> {
                if (text.take(RECLAIMABLE_SLAB)) {
                    into.reclaimableSlabBytes = bytes(text);
                } else if (text.take(SHARED)) {
                    into.sharedBytes = bytes(text);
                } else {
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static long bytes(ProcText text) {
        return text.number() * BYTES_PER_KB;
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
