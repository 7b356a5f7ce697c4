package dev.enclavemetrics.agent;

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

    private ProcMeminfo() {}

    /**
     * Reads the lines, as far as the last that is needed; those it does not know are passed over.
     *
     * @throws ProcFormatException if the text is cut off, or has no total above 0
     */
    static void parse(ProcText text, MemoryReading into) {
        into.clear();
        while (!text.atEnd() && !into.complete()) {
            parseLine(text, into);
            text.nextLine();
        }
        if (into.totalBytes <= 0) {
            throw new ProcFormatException("there must be a line MemTotal above 0, found none");
        }
    }

    /** By the first letter, since most lines are of no interest. */
    private static void parseLine(ProcText text, MemoryReading into) {
        switch (text.peek()) {
            case 'M' -> {
                if (text.take(MEM_TOTAL)) {
                    into.totalBytes = bytes(text);
                } else if (text.take(MEM_FREE)) {
                    into.freeBytes = bytes(text);
                } else if (text.take(MEM_AVAILABLE)) {
                    into.availableBytes = bytes(text);
                }
            }
            case 'C' -> {
                if (text.take(CACHED)) {
                    into.cachedBytes = bytes(text);
                }
            }
            case 'A' -> {
                if (text.take(ACTIVE_FILE)) {
                    into.activeFileBytes = bytes(text);
                }
            }
            case 'I' -> {
                if (text.take(INACTIVE_FILE)) {
                    into.inactiveFileBytes = bytes(text);
                }
            }
            case 'S' -> {
                if (text.take(RECLAIMABLE_SLAB)) {
                    into.reclaimableSlabBytes = bytes(text);
                } else if (text.take(SHARED)) {
                    into.sharedBytes = bytes(text);
                }
            }
            default -> {}
        }
    }

    private static long bytes(ProcText text) {
        return Math.multiplyExact(text.number(), BYTES_PER_KB);
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
