package dev.enclavemetrics.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The file descriptors of the test's JVM, which opens and closes some itself. */
public final class OpenDescriptors {

    private OpenDescriptors() {}

    /** How many are open; 0 on a system that does not list them. */
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
