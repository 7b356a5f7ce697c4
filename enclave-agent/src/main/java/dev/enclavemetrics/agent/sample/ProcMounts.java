package dev.enclavemetrics.agent.sample;

import java.nio.charset.StandardCharsets;

/**
 * Finds out from {@code /proc/self/mounts} whether every mounted filesystem is in memory, as usual
 * in an enclave.
 */
final class ProcMounts {

    /**
     * Types without a disk. Any other type counts as disk-backed, overlay too, whose layers may not
     * be visible; then the kernel's own estimate of available memory is used.
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
     * Reads {@code device path type …} lines; spaces in a path are escaped.
     *
     * @throws ProcFormatException if the text is truncated
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
