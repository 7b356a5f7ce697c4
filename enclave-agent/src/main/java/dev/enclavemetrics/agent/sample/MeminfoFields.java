package dev.enclavemetrics.agent.sample;

/**
 * The fields of {@code /proc/meminfo} that the agent needs, in bytes; {@link #ABSENT} if missing.
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

    /** Whether all fields are present. Kernels before 3.14 have no MemAvailable. */
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
     * Memory available to programs, 0 to the total.
     *
     * <p>The kernel's own estimate, or before 3.14 the sum of its parts. {@code Cached} is not one
     * of them: it includes tmpfs, which cannot be reclaimed.
     *
     * @param inMemoryRoot whether no disk-backed filesystem is mounted. Then nothing on the file
     *     lists can be written out and dropped, though kernels before 4.16 count a ramfs there, so
     *     only free memory and slab are available.
     * @throws ProcFormatException naming the required field that is absent
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
     * Memory used by in-memory filesystems, 0 to the total. Without a disk-backed filesystem that
     * is the whole page cache, ramfs included; else what the kernel counts as shared: tmpfs and
     * shared memory.
     */
    long filesystem(boolean inMemoryRoot) {
        long held = inMemoryRoot ? present("Cached", cachedBytes) : present("Shmem", sharedBytes);
        return Math.min(held, totalBytes);
    }

    private static long present(String field, long bytes) {
        if (bytes == ABSENT) {
            throw new ProcFormatException("the line " + field + " must exist, found none");
        }
        return bytes;
    }
}
