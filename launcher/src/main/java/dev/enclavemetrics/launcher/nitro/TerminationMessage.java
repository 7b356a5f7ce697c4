package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.bootstrap.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Why the process ends, for Kubernetes: {@code kubectl describe pod} shows it with the last state
 * of the container.
 */
final class TerminationMessage {

    /** The default of a container's terminationMessagePath; the kubelet makes the file. */
    static final Path FILE = Path.of("/dev/termination-log");

    /** The kubelet reads no more. */
    static final int MAX_BYTES = 4096;

    private final Path file;
    private final Log log;

    TerminationMessage(Path file, Log log) {
        this.file = file;
        this.log = log;
    }

    /** Does nothing outside of Kubernetes, where there is no file. */
    void write(String message) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(
                    file,
                    Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES)),
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            log.warn("cannot write the reason to " + file + ": " + Log.message(e));
        }
    }
}
