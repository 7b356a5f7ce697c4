package dev.enclavemetrics.serving.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Kubeconfig files. They are only parsed, since one may name a program to run. */
class KubeconfigFuzzTest {

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(KubeconfigFuzzTest.class, KubeconfigFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Path file = Files.createTempFile("kubeconfig", null);
        try {
            Files.write(file, input);
            new KubeconfigFile(file).parse();
        } catch (IOException e) {
            assertThat(e.getMessage()).startsWith("the kubeconfig " + file).doesNotContain("\n");
        } finally {
            Files.delete(file);
        }
    }
}
