package dev.enclavemetrics.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the open file descriptors of the test's JVM; the JVM itself opens and closes some. */
public final class OpenDescriptors {

    private OpenDescriptors() {}

    /** Returns how many are open; 0 on a system without {@code /proc/self/fd}. */
    public static long count() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.exists(descriptors)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.count();
        }
    }
}
