package dev.enclavemetrics.agent;

/**
 * The fields of {@code /proc/meminfo} that the agent needs, bytes; {@link #ABSENT} if not there.
 */
final class MeminfoFields {

    static final long ABSENT = -1;

    long totalBytes;
    long freeBytes;
    long availableBytes;
    long cachedBytes;
    long activeFileBytes;
    long inactiveFileBytes;
    long reclaimableSlabBytes;
    long sharedBytes;

    void clear() {
        totalBytes = ABSENT;
        freeBytes = ABSENT;
        availableBytes = ABSENT;
        cachedBytes = ABSENT;
        activeFileBytes = ABSENT;
        inactiveFileBytes = ABSENT;
        reclaimableSlabBytes = ABSENT;
        sharedBytes = ABSENT;
    }

    /** Whether all is there that a kernel has. Those before 3.14 have no estimate. */
    boolean complete() {
        return reclaimableSlabBytes != ABSENT
                && totalBytes != ABSENT
                && freeBytes != ABSENT
                && availableBytes != ABSENT
                && cachedBytes != ABSENT
                && activeFileBytes != ABSENT
                && inactiveFileBytes != ABSENT
                && sharedBytes != ABSENT;
    }

    /**
     * What can still be given to programs, 0 to the total.
     *
     * <p>The kernel's own estimate, or where it has none (before 3.14) the same from its parts.
     * {@code Cached} is no part of it: it holds tmpfs, which cannot be reclaimed.
     *
     * @param inMemoryRoot whether no disk-backed filesystem is mounted. Then nothing on the file
     *     lists can be written out and dropped, though kernels before 4.16 count a ramfs there, so
     *     only free memory and slab are available.
     * @throws ProcFormatException naming the field that is needed and absent
     */
    long available(boolean inMemoryRoot) {
        long estimate =
                availableBytes != ABSENT
                        ? availableBytes
                        : present("MemFree", freeBytes)
                                + present("Active(file)", activeFileBytes)
                                + present("Inactive(file)", inactiveFileBytes)
                                + present("SReclaimable", reclaimableSlabBytes);
        if (inMemoryRoot) {
            estimate =
                    Math.min(
                            estimate,
                            present("MemFree", freeBytes)
                                    + present("SReclaimable", reclaimableSlabBytes));
        }
        return Math.min(estimate, totalBytes);
    }

    /**
     * What in-memory filesystems hold, 0 to the total. Where nothing is backed by a disk the whole
     * page cache is theirs, ramfs included; elsewhere only what the kernel counts as shared, which
     * is tmpfs and shared memory.
     */
    long filesystem(boolean inMemoryRoot) {
        long held = inMemoryRoot ? present("Cached", cachedBytes) : present("Shmem", sharedBytes);
        return Math.min(held, totalBytes);
    }

    private static long present(String field, long bytes) {
        if (bytes == ABSENT) {
            throw new ProcFormatException("there must be a line " + field + ", found none");
        }
        return bytes;
    }
}
