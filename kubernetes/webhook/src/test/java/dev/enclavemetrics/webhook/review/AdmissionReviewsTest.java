package dev.enclavemetrics.webhook.review;

import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.webhook.admission.Json;
import dev.enclavemetrics.webhook.admission.Patched;
import dev.enclavemetrics.webhook.admission.TestObjects;
import dev.enclavemetrics.webhook.hpa.HpaAdmission;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
import dev.enclavemetrics.webhook.pod.PodAdmission;
import dev.enclavemetrics.webhook.pod.TestSidecars;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class AdmissionReviewsTest {

    private static final String HPAS =
            "{group: autoscaling, version: v2, resource: horizontalpodautoscalers}";

    private final LogLines log = new LogLines();
    private final AdmissionReviews reviews =
            new AdmissionReviews(
                    new HpaAdmission(OnUntranslatable.REFUSE)::admit,
                    new PodAdmission(TestSidecars.settings())::admit,
                    log.log());

    private static ObjectNode review(String resource, String operation, JsonNode object) {
        ObjectNode review = yaml("{apiVersion: admission.k8s.io/v1, kind: AdmissionReview}");
        ObjectNode request = review.putObject("request").put("uid", "b1c2-uid");
        request.set("resource", yaml(resource));
        request.put("name", "nginx").put("namespace", "shop").put("operation", operation);
        request.set("object", object);
        request.put("dryRun", true);
        return review;
    }

    private JsonNode response(JsonNode review) {
        return response(review.toString().getBytes(UTF_8));
    }

    private JsonNode response(byte[] review) {
        JsonNode answer = Json.MAPPER.readTree(reviews.answer(review).json());
        assertThat(answer.path("apiVersion").stringValue()).isEqualTo("admission.k8s.io/v1");
        assertThat(answer.path("kind").stringValue()).isEqualTo("AdmissionReview");
        return answer.path("response");
    }

    @Test
    void answersAndLogsWhateverAnAdmissionThrows() {
        AdmissionReviews broken =
                new AdmissionReviews(
                        hpa -> {
                            throw new NoClassDefFoundError("a test's");
                        },
                        new PodAdmission(TestSidecars.settings())::admit,
                        log.log());
        byte[] review = review(HPAS, "CREATE", yaml("{}")).toString().getBytes(UTF_8);

        JsonNode answer = Json.MAPPER.readTree(broken.answer(review).json()).path("response");

        assertThat(answer.path("uid").stringValue()).isEqualTo("b1c2-uid");
        assertThat(answer.path("status").path("code").intValue()).isEqualTo(500);
        assertThat(answer.path("status").path("message").stringValue())
                .contains("NoClassDefFoundError: a test's");
        assertThat(log.lines()).singleElement().asString().contains("NoClassDefFoundError");
    }

    @Test
    void answersWithAPatch() {
        ObjectNode hpa = yaml(TestObjects.REFERENCE);
        JsonNode response = response(review(HPAS, "CREATE", hpa));
        assertThat(response.path("uid").stringValue()).isEqualTo("b1c2-uid");
        assertThat(response.path("allowed").booleanValue()).isTrue();
        assertThat(response.path("patchType").stringValue()).isEqualTo("JSONPatch");
        JsonNode patch =
                Json.MAPPER.readTree(
                        Base64.getDecoder().decode(response.path("patch").stringValue()));
        assertThat(Patched.apply(hpa, patch).path("spec"))
                .isEqualTo(TestObjects.canonical(yaml(TestObjects.REFERENCE_MUTATED)).path("spec"));
        assertThat(response.path("auditAnnotations"))
                .isEqualTo(yaml("original-targets: 'cpu 75%, memory 50%'"));
        assertThat(response.has("warnings")).isFalse();
    }

    @Test
    void answersWithoutAPatchWhereNothingChanges() {
        JsonNode response =
                response(
                        review(
                                HPAS,
                                "CREATE",
                                TestObjects.unlabelled(yaml(TestObjects.REFERENCE))));
        assertThat(response).isEqualTo(yaml("{uid: b1c2-uid, allowed: true}"));
    }

    @Test
    void answersWithARefusal() {
        ObjectNode hpa =
                TestObjects.hpa(TestObjects.CPU.formatted("{type: AverageValue, averageValue: 1}"));
        JsonNode response = response(review(HPAS, "CREATE", hpa));
        assertThat(response.path("allowed").booleanValue()).isFalse();
        assertThat(response.has("patch")).isFalse();
        JsonNode status = response.path("status");
        assertThat(status.path("code").intValue()).isEqualTo(422);
        assertThat(status.path("reason").stringValue()).isEqualTo("Invalid");
        assertThat(status.path("message").stringValue())
                .startsWith("HPA nginx in namespace shop: ");
    }

    @Test
    void answersAboutPods() {
        JsonNode pod =
                yaml(
                        "{metadata: {labels: {nitro.k8s.anjuna.io/managed: 'yes'}}, spec:"
                                + " {containers: []}}");
        JsonNode response =
                response(review("{group: '', version: v1, resource: pods}", "CREATE", pod));
        assertThat(response.path("patchType").stringValue()).isEqualTo("JSONPatch");
        assertThat(response.at("/auditAnnotations/sidecar").stringValue())
                .isEqualTo("nitro at port 59090");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, '', horizontalpodautoscalers",
        "CONNECT, '', horizontalpodautoscalers",
        "UPDATE, status, horizontalpodautoscalers",
        "CREATE, '', configmaps",
    })
    void allowsWhatIsNotItsOwn(String operation, String subResource, String resource) {
        ObjectNode review =
                review(
                        "{group: autoscaling, version: v2, resource: " + resource + "}",
                        operation,
                        yaml(TestObjects.REFERENCE));
        ((ObjectNode) review.path("request")).put("subResource", subResource);
        assertThat(response(review)).isEqualTo(yaml("{uid: b1c2-uid, allowed: true}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "7",
                "{}",
                "{\"request\":{}}",
                "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"kind\":\"AdmissionReview\"}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":7}",
                "\u0000\u0001"
            })
    void refusesWhatIsNoReview(String body) {
        JsonNode response = response(body.getBytes(UTF_8));
        assertThat(response.path("allowed").booleanValue()).isFalse();
        assertThat(response.at("/status/code").intValue()).isEqualTo(400);
        assertThat(response.at("/status/message").stringValue())
                .contains("must be an AdmissionReview");
    }

    @Test
    void refusesThreeMegabytesUnderTheirUid() {
        ObjectNode hpa = yaml(TestObjects.REFERENCE);
        ((ObjectNode) hpa.path("metadata"))
                .putObject("annotations")
                .put("a", "x".repeat(3_000_000));
        JsonNode response = response(review(HPAS, "CREATE", hpa));
        assertThat(response.path("uid").stringValue()).isEqualTo("b1c2-uid");
        assertThat(response.at("/status/code").intValue()).isEqualTo(413);
        assertThat(response.at("/status/message").stringValue()).contains("2097152 bytes");
    }

    @Test
    void refusesDeepNestingUnderItsUid() {
        String body = review(HPAS, "CREATE", yaml("{a: b}")).toString();
        for (String deep : new String[] {"[".repeat(500_000), "{\"a\":".repeat(200_000)}) {
            JsonNode response = response(body.replace("{\"a\":\"b\"}", deep).getBytes(UTF_8));
            assertThat(response.path("uid").stringValue()).isEqualTo("b1c2-uid");
            assertThat(response.at("/status/code").intValue()).isEqualTo(400);
        }
    }

    @Test
    void refusesAThousandMetrics() {
        String[] metrics = new String[1000];
        Arrays.fill(metrics, TestObjects.cpu(75));
        JsonNode response = response(review(HPAS, "CREATE", TestObjects.hpa(metrics)));
        assertThat(response.at("/status/message").stringValue()).contains("found 1000");
    }

    /**
     * A truncated review, or one with changed bytes, must neither throw nor get an invalid
     * response.
     */
    @Test
    void answersWhateverComes() {
        byte[] whole =
                review(HPAS, "UPDATE", yaml(TestObjects.REFERENCE)).toString().getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(response(Arrays.copyOf(whole, length)).path("allowed").booleanValue())
                    .isFalse();
        }
        Random random = new Random(20261124);
        for (int round = 0; round < 3000; round++) {
            byte[] changed = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertThat(response(changed).path("allowed").isBoolean()).isTrue();
        }
        assertThat(log.lines()).isEmpty();
    }

    /** Any field of the object may have any type. */
    @Test
    void answersWhateverShapeTheObjectHas() {
        for (String shape :
                new String[] {"7", "[]", "{}", "null", "'x'", "[[], {}, 7]", "1e99", "true"}) {
            for (String path :
                    new String[] {
                        "metadata",
                        "metadata/labels",
                        "metadata/annotations",
                        "metadata/ownerReferences",
                        "metadata/name",
                        "spec",
                        "spec/metrics",
                        "spec/metrics/0",
                        "spec/metrics/0/type",
                        "spec/metrics/0/resource",
                        "spec/metrics/0/resource/target",
                        "spec/behavior",
                        "spec/metrics/0/resource/target/averageUtilization",
                        "spec/containers",
                        "spec/initContainers",
                        "spec/volumes",
                        "spec/containers/0",
                        "spec/containers/0/ports",
                        "spec/containers/0/volumeMounts",
                        "spec/hostNetwork"
                    }) {
                ObjectNode object = yaml(TestObjects.REFERENCE);
                ((ObjectNode) object.path("spec"))
                        .putArray("containers")
                        .addObject()
                        .put("name", "a");
                int slash = path.lastIndexOf('/');
                JsonNode parent = object.at(slash < 0 ? "" : "/" + path.substring(0, slash));
                JsonNode value = yaml("{v: " + shape + "}").get("v");
                if (parent instanceof ObjectNode node) {
                    node.set(path.substring(slash + 1), value);
                } else {
                    ((ArrayNode) parent).set(0, value);
                }
                assertThat(response(review(HPAS, "UPDATE", object)).path("allowed").isBoolean())
                        .isTrue();
                String pods = "{group: '', version: v1, resource: pods}";
                assertThat(response(review(pods, "CREATE", object)).path("allowed").isBoolean())
                        .isTrue();
                assertThat(log.lines()).as("%s = %s", path, shape).isEmpty();
            }
        }
    }
}
