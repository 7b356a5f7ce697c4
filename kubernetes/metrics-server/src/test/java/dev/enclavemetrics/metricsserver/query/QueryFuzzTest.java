package dev.enclavemetrics.metricsserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.testing.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Request targets with label selectors. */
class QueryFuzzTest {

    private static final Map<String, String> LABELS = Map.of("app", "shop", "build", "42");

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(QueryFuzzTest.class, QueryFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            ApiTarget target = ApiTarget.parse(new String(input, StandardCharsets.ISO_8859_1));
            assertThat(target.segments()).doesNotContain("", ".", "..");
            MetricPath path = MetricPath.of(target.segments());
            if (path != null) {
                QuerySelectors.of(path, target).labels().matches(LABELS);
            }
        } catch (RefusedException e) {
            // status 400
        }
    }
}
