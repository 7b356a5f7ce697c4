package dev.enclavemetrics.testing;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The corpus of a fuzz target: the files in {@code src/test/resources/fuzz/TARGET}, from which
 * {@code .ci/fuzz} starts, including inputs that once failed. Ordinary test runs pass each file to
 * the target.
 */
public final class Corpus {

    private static final Path FOLDER = Path.of("src/test/resources/fuzz");

    /** Parses untrusted bytes. An exception that the parser does not declare is a finding. */
    public interface Target {
        void take(byte[] input) throws Exception;
    }

    private Corpus() {}

    /** Returns a test for each file in the target's folder; the folder must not be empty. */
    public static Stream<DynamicTest> tests(Class<?> target, Target parser) {
        return files(FOLDER.resolve(target.getSimpleName())).stream()
                .map(
                        file ->
                                dynamicTest(
                                        file.getFileName().toString(),
                                        () -> parser.take(Files.readAllBytes(file))));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.sorted().toList();
            if (sorted.isEmpty()) {
                throw new IllegalStateException(folder + " must have a file, found none");
            }
            return sorted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
