package dev.enclavemetrics.agent.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.Corpus;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Expositions of an application: the search in C and the one in Java must give the same result. */
class ExpositionFuzzTest {

    private static final List<Selector> SELECTORS =
            SelectorParser.parse(
                    "queue_depth+http_requests_total{code=\"500\"}+latency_seconds_count",
                    new ArrayList<>());

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(ExpositionFuzzTest.class, ExpositionFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Transport.load();
        String text = new String(input, StandardCharsets.ISO_8859_1);
        assertThat(read(text, new LineFinder(SELECTORS), 1 << 20))
                .isEqualTo(read(text, new LineFinder(SELECTORS).inJava(), 7));
    }

    private static String read(String text, LineFinder finder, int piece) {
        Exposition exposition = new Exposition(SELECTORS, finder);
        try {
            exposition.read(new TextBody(text, piece), new Deadline(() -> 0, 500));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        StringBuilder sums = new StringBuilder();
        for (SeriesSum sum : exposition.sums()) {
            sums.append(sum.series()).append(' ').append(sum.sum()).append('\n');
        }
        return sums.toString();
    }
}
