package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.testing.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The output of nitro-cli. */
class NitroJsonFuzzTest {

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(NitroJsonFuzzTest.class, NitroJsonFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        NitroJson.object(text);
        NitroJson.array(text);
    }
}
