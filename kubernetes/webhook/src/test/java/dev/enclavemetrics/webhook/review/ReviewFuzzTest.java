package dev.enclavemetrics.webhook.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.Corpus;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.webhook.admission.Json;
import dev.enclavemetrics.webhook.hpa.HpaAdmission;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
import dev.enclavemetrics.webhook.pod.PodAdmission;
import dev.enclavemetrics.webhook.pod.TestSidecars;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Bodies of reviews: each gets a response, and no admission throws. */
class ReviewFuzzTest {

    private static final HpaAdmission HPAS = new HpaAdmission(OnUntranslatable.REFUSE);
    private static final PodAdmission PODS = new PodAdmission(TestSidecars.settings());

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(ReviewFuzzTest.class, ReviewFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        LogLines log = new LogLines();
        AdmissionReviews reviews = new AdmissionReviews(HPAS::admit, PODS::admit, log.log());
        assertThat(Json.MAPPER.readTree(reviews.answer(input).json()).has("response")).isTrue();
        assertThat(log.lines()).as("what an admission throws").isEmpty();
    }
}
