package dev.enclavemetrics.agent;

import java.nio.charset.StandardCharsets;

/**
 * Tells from {@code /proc/self/mounts} whether every mounted filesystem lives in memory, as in the
 * usual enclave.
 */
final class ProcMounts {

    /**
     * Types that keep nothing on a disk. Any other counts as backed by one, overlay too: what lies
     * under it may not be visible. To be wrong that way only means to trust the kernel's estimate.
     */
    private static final byte[][] IN_MEMORY = {
        ascii("rootfs "),
        ascii("tmpfs "),
        ascii("ramfs "),
        ascii("devtmpfs "),
        ascii("proc "),
        ascii("sysfs "),
        ascii("devpts "),
        ascii("cgroup "),
        ascii("cgroup2 "),
        ascii("mqueue "),
        ascii("hugetlbfs "),
        ascii("securityfs "),
        ascii("debugfs "),
        ascii("tracefs "),
        ascii("configfs "),
        ascii("pstore "),
        ascii("bpf "),
        ascii("nsfs "),
        ascii("efivarfs "),
        ascii("binfmt_misc "),
    };

    private ProcMounts() {}

    /**
     * Reads {@code device path type …} lines; spaces in a path are written as escapes.
     *
     * @throws ProcFormatException if the text is cut off
     */
    static boolean allInMemory(ProcText text) {
        boolean all = !text.atEnd();
        while (!text.atEnd()) {
            text.skipWord();
            text.skipSpaces();
            text.skipWord();
            text.skipSpaces();
            all &= takeInMemoryType(text);
            text.nextLine();
        }
        return all;
    }

    private static boolean takeInMemoryType(ProcText text) {
        for (byte[] type : IN_MEMORY) {
            if (text.take(type)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String type) {
        return type.getBytes(StandardCharsets.US_ASCII);
    }
}
