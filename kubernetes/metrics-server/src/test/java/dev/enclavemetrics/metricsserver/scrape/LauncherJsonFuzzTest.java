package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.testing.Corpus;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Response bodies of a launcher, which the metrics server must not trust. */
class LauncherJsonFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-24T05:40:01Z");

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(LauncherJsonFuzzTest.class, LauncherJsonFuzzTest::fuzzerTestOneInput);
    }

    /** A point checks its ranges itself. */
    public static void fuzzerTestOneInput(byte[] input) {
        LauncherJson.usage(input, NOW);
        LauncherError.of(input);
    }
}
