package dev.enclavemetrics.agent.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in place of {@code /proc} whose files a test writes. */
public final class FakeProc {

    public static final String ENCLAVE_MOUNTS =
            """
            rootfs / rootfs rw 0 0
            proc /proc proc rw,nosuid 0 0
            tmpfs /tmp tmpfs rw,nodev 0 0
            """;
    public static final String DISK_MOUNTS = ENCLAVE_MOUNTS + "/dev/vda / ext4 rw,relatime 0 0\n";

    public final Path folder;

    public FakeProc(Path folder) {
        this.folder = folder;
        stat(0, 0);
        memory(1000, 600, 100);
        mounts(DISK_MOUNTS);
    }

    /** Writes two cores; the first did all the work. */
    public FakeProc stat(long busyTicks, long idleTicks) {
        return stat(
                "cpu  %d 0 0 %d 0 0 0 0 0 0\n".formatted(busyTicks, idleTicks)
                        + "cpu0 %d 0 0 %d 0 0 0 0 0 0\n".formatted(busyTicks, idleTicks / 2)
                        + "cpu1 0 0 0 %d 0 0 0 0 0 0\n".formatted(idleTicks - idleTicks / 2)
                        + "intr 1 2 3\n");
    }

    public FakeProc stat(String text) {
        return write("stat", text);
    }

    public FakeProc memory(long totalKb, long availableKb, long cachedKb) {
        return meminfo(
                """
                MemTotal:       %d kB
                MemFree:        %d kB
                MemAvailable:   %d kB
                Cached:         %d kB
                SReclaimable:   10 kB
                Shmem:          20 kB
                """
                        .formatted(totalKb, availableKb / 2, availableKb, cachedKb));
    }

    public FakeProc meminfo(String text) {
        return write("meminfo", text);
    }

    public FakeProc mounts(String text) {
        return write("self/mounts", text);
    }

    /** Writes a file with health metrics. */
    public FakeProc file(String name, String text) {
        return write(name, text);
    }

    private FakeProc write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.US_ASCII);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
