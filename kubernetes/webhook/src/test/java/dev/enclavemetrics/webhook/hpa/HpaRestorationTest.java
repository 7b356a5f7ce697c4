package dev.enclavemetrics.webhook.hpa;

import static dev.enclavemetrics.webhook.admission.TestObjects.cpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.enclaveCpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.hpa;
import static dev.enclavemetrics.webhook.admission.TestObjects.list;
import static dev.enclavemetrics.webhook.admission.TestObjects.memory;
import static dev.enclavemetrics.webhook.admission.TestObjects.unlabelled;
import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.contract.AnnotationKeys;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Patched;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class HpaRestorationTest {

    private final HpaAdmission admission = new HpaAdmission(OnUntranslatable.REFUSE);

    private ObjectNode admitted(JsonNode hpa, JsonNode old) {
        AdmissionResponse verdict = admission.admit(AdmissionRequest.updated("HPA", hpa, old));
        return (ObjectNode) Patched.apply(hpa, verdict.operations());
    }

    private ObjectNode translated(String... metrics) {
        return admitted(hpa(metrics), hpa());
    }

    private JsonNode metricsWithoutLabel(ObjectNode labelled) {
        ObjectNode restored = admitted(unlabelled(labelled), labelled);
        assertThat(restored.path("metadata").path("annotations")).isEmpty();
        return restored.path("spec").path("metrics");
    }

    @Test
    void restoresTheMetricsWhenTheLabelGoes() {
        assertThat(metricsWithoutLabel(translated(cpu(75), "{type: External}", memory(50))))
                .isEqualTo(list(cpu(75), "{type: External}", memory(50)));
    }

    @Test
    void restoresTheMetricsWhenTheLabelSaysNo() {
        ObjectNode labelled = translated(cpu(75));
        ObjectNode changed = labelled.deepCopy();
        ((ObjectNode) changed.path("metadata").path("labels")).put(ManagedLabel.KEY, "no");
        assertThat(admitted(changed, labelled).path("spec").path("metrics"))
                .isEqualTo(list(cpu(75)));
    }

    @Test
    void restoresAtTheEndWhatWasRemoved() {
        assertThat(metricsWithoutLabel(translated(cpu(75), enclaveCpu("600m"))))
                .isEqualTo(list(enclaveCpu("600m"), cpu(75)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metric: {name: nitro_enclave_cpu_usage}, target: {type: Utilization, averageValue:"
                        + " '0.75'}",
                "metric: {name: nitro_enclave_cpu_usage}, target: {type: AverageValue,"
                        + " averageValue: 750m}",
                "metric: {name: nitro_enclave_cpu_usage, selector: {}}, target: {type: Utilization,"
                        + " averageValue: 750m}",
            })
    void knowsItsOwnInAnyForm(String pods) {
        ObjectNode labelled = translated(cpu(75));
        labelled.withArray("/spec/metrics").set(0, yaml("{type: Pods, pods: {" + pods + "}}"));
        assertThat(metricsWithoutLabel(labelled)).isEqualTo(list(cpu(75)));
    }

    @Test
    void keepsATargetThatTheUserHasEdited() {
        ObjectNode labelled = translated(cpu(75), memory(50));
        labelled.withArray("/spec/metrics").set(0, yaml(enclaveCpu("600m")));
        ObjectNode unlabelled = unlabelled(labelled);
        AdmissionResponse verdict =
                admission.admit(AdmissionRequest.updated("HPA", unlabelled, labelled));
        assertThat(Patched.apply(unlabelled, verdict.operations()).path("spec").path("metrics"))
                .isEqualTo(list(enclaveCpu("600m"), memory(50)));
        assertThat(verdict.warnings())
                .containsExactly(
                        "HPA nginx: metrics[0] nitro_enclave_cpu_usage was edited since, and"
                                + " stays");
    }

    @Test
    void keepsASecondEntryThatLooksLikeOurs() {
        ObjectNode labelled = translated(cpu(75));
        labelled.withArray("/spec/metrics").add(yaml(enclaveCpu("750m")));
        assertThat(metricsWithoutLabel(labelled)).isEqualTo(list(cpu(75), enclaveCpu("750m")));
    }

    @Test
    void keepsAnEntryWithMoreThanWeWrote() {
        ObjectNode labelled = translated(cpu(75));
        ((ObjectNode) labelled.at("/spec/metrics/0/pods/metric"))
                .set("selector", yaml("matchLabels: {a: b}"));
        JsonNode edited = labelled.path("spec").path("metrics").deepCopy();
        assertThat(metricsWithoutLabel(labelled)).isEqualTo(edited);
    }

    @Test
    void bringsBackNothingThatTheUserHasRemoved() {
        ObjectNode labelled = translated(cpu(75), memory(50));
        labelled.withArray("/spec/metrics").remove(0);
        assertThat(metricsWithoutLabel(labelled)).isEqualTo(list(memory(50)));
    }

    @Test
    void forgetsAnOriginalOnceItsTranslationIsEdited() {
        ObjectNode labelled = translated(cpu(75));
        labelled.withArray("/spec/metrics").set(0, yaml(enclaveCpu("600m")));
        assertThat(admitted(labelled, labelled).path("metadata").path("annotations")).isEmpty();
    }

    @Test
    void followsTheManifestThatIsAppliedAgain() {
        // kubectl apply replaces the list, and keeps our annotation.
        ObjectNode labelled = translated(cpu(75), memory(50));
        labelled.withArray("/spec/metrics").removeAll().add(yaml(cpu(60)));
        ObjectNode applied = admitted(labelled, labelled);
        assertThat(applied.path("spec").path("metrics")).isEqualTo(list(enclaveCpu("600m")));
        assertThat(metricsWithoutLabel(applied)).isEqualTo(list(cpu(60)));
    }

    @Test
    void leavesTheManifestThatIsAppliedWithoutTheLabel() {
        ObjectNode labelled = translated(cpu(75), enclaveCpu("600m"));
        labelled.withArray("/spec/metrics")
                .removeAll()
                .add(yaml(cpu(75)))
                .add(yaml(enclaveCpu("600m")));
        assertThat(metricsWithoutLabel(labelled)).isEqualTo(list(cpu(75), enclaveCpu("600m")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "[]",
                "{\"replaced\":7}",
                "{\"replaced\":[{\"type\":\"External\"}]}",
                "{\"replaced\":[[[[",
            })
    void changesNothingByAnAnnotationThatIsNotOurs(String value) {
        ObjectNode labelled = translated(cpu(75));
        ((ObjectNode) labelled.path("metadata").path("annotations"))
                .put(AnnotationKeys.ORIGINAL_METRICS, value);
        ObjectNode unlabelled = unlabelled(labelled);
        AdmissionResponse verdict =
                admission.admit(AdmissionRequest.updated("HPA", unlabelled, labelled));
        assertThat(verdict.operations()).isEmpty();
        assertThat(verdict.warnings()).singleElement().asString().contains("cannot be read");
    }

    @Test
    void survivesDeepNestingInTheAnnotation() {
        assertThat(OriginalMetrics.parse("[".repeat(100_000))).isNull();
        assertThat(OriginalMetrics.parse("{\"replaced\":" + "[".repeat(100_000))).isNull();
    }

    /**
     * For random metrics: a second translation changes nothing, and a restoration gives the
     * original metrics.
     */
    @Test
    void holdsForAnyMetrics() {
        Random random = new Random(20261124);
        for (int round = 0; round < 500; round++) {
            List<String> metrics = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                int percent = 1 + random.nextInt(120);
                metrics.add(
                        switch (random.nextInt(4)) {
                            case 0 -> cpu(percent);
                            case 1 -> memory(percent);
                            case 2 -> "{type: External, external: {metric: {name: a" + i + "}}}";
                            default ->
                                    "{type: Resource, resource: {name: ephemeral-storage, target:"
                                            + " {}}}";
                        });
            }
            if (random.nextInt(4) == 0) {
                metrics.add(random.nextInt(metrics.size()), enclaveCpu(percentOf(random)));
            }
            String[] before = metrics.toArray(String[]::new);
            ObjectNode once = translated(before);
            assertThat(admitted(once, once)).as("%s", metrics).isEqualTo(once);
            assertThat(once.path("spec").path("metrics").toString())
                    .doesNotContain("\"name\":\"cpu\"", "\"name\":\"memory\"");
            ArrayNode restored = (ArrayNode) metricsWithoutLabel(once);
            assertThat(restored.values())
                    .as("%s", metrics)
                    .containsExactlyInAnyOrderElementsOf(list(before).values());
        }
    }

    private static String percentOf(Random random) {
        return (1 + random.nextInt(999)) + "m";
    }
}
