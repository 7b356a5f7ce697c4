package dev.enclavemetrics.webhook.review;

import static dev.enclavemetrics.webhook.admission.TestObjects.cpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.enclaveCpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.webhook.admission.Annotations;
import dev.enclavemetrics.webhook.admission.Json;
import dev.enclavemetrics.webhook.admission.Patched;
import dev.enclavemetrics.webhook.hpa.HpaAdmission;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
import dev.enclavemetrics.webhook.pod.PodAdmission;
import dev.enclavemetrics.webhook.pod.TestSidecars;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * An HPA with a target of 70 percent. A client creates it, changes another field, changes the
 * target to 55 percent, and removes the label. Each line is a review that an API server sent. The
 * end-to-end case webhook-clients records the reviews, and fails if they differ from these.
 */
class RecordedReviewsTest {

    private final AdmissionReviews reviews =
            new AdmissionReviews(
                    new HpaAdmission(OnUntranslatable.REFUSE)::admit,
                    new PodAdmission(TestSidecars.settings())::admit,
                    new LogLines().log());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply-v1",
                "apply-v2",
                "server-side-v1",
                "server-side-v2",
                "put-v1",
                "put-v2",
                "merge-v1",
                "merge-v2",
                "strategic-v1",
                "strategic-v2",
                "json-v1",
                "json-v2",
            })
    void followsTheClient(String client) throws IOException {
        List<JsonNode> steps = read(client);
        assertThat(steps).hasSize(4);
        expect(steps.get(0), enclaveCpu("700m"), cpu(70));
        expect(steps.get(1), enclaveCpu("700m"), cpu(70));
        expect(steps.get(2), enclaveCpu("550m"), cpu(55));
        expect(steps.get(3), cpu(55), null);
    }

    private void expect(JsonNode review, String metric, @Nullable String original) {
        JsonNode hpa = admitted(review);
        assertThat(hpa.path("spec").path("metrics")).isEqualTo(list(metric));
        String kept = Annotations.of(hpa).get("enclave-metrics.dev/original-metrics");
        assertThat(kept == null ? null : Json.MAPPER.readTree(kept).path("replaced"))
                .isEqualTo(original == null ? null : list(original));
    }

    private JsonNode admitted(JsonNode review) {
        byte[] bytes = review.toString().getBytes(UTF_8);
        JsonNode response = Json.MAPPER.readTree(reviews.answer(bytes).json()).required("response");
        assertThat(response.path("allowed").booleanValue()).isTrue();
        assertThat(response.has("warnings")).isFalse();
        JsonNode object = review.required("request").required("object");
        return response.has("patch")
                ? Patched.apply(
                        object,
                        Json.MAPPER.readTree(
                                Base64.getDecoder().decode(response.path("patch").stringValue())))
                : object;
    }

    private static List<JsonNode> read(String client) throws IOException {
        try (InputStream file =
                RecordedReviewsTest.class.getResourceAsStream("/reviews/" + client + ".jsonl")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> Json.MAPPER.readTree(line))
                    .toList();
        }
    }
}
