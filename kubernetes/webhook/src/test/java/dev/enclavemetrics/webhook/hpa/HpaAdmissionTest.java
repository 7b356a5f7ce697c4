package dev.enclavemetrics.webhook.hpa;

import static dev.enclavemetrics.webhook.admission.TestObjects.cpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.enclaveCpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.hpa;
import static dev.enclavemetrics.webhook.admission.TestObjects.list;
import static dev.enclavemetrics.webhook.admission.TestObjects.memory;
import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Patched;
import dev.enclavemetrics.webhook.admission.TestObjects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class HpaAdmissionTest {

    private final HpaAdmission admission = new HpaAdmission(OnUntranslatable.REFUSE);

    private AdmissionResponse verdict(JsonNode hpa) {
        return admission.admit(AdmissionRequest.created("HPA", hpa));
    }

    private JsonNode translated(JsonNode hpa) {
        return Patched.apply(hpa, verdict(hpa).operations());
    }

    private JsonNode metrics(String... before) {
        return translated(hpa(before)).path("spec").path("metrics");
    }

    @Test
    void translatesTheReferenceToItsFinalForm() {
        ObjectNode translated = (ObjectNode) translated(yaml(TestObjects.REFERENCE));
        JsonNode annotations = ((ObjectNode) translated.path("metadata")).remove("annotations");
        assertThat((JsonNode) translated)
                .isEqualTo(TestObjects.canonical(yaml(TestObjects.REFERENCE_MUTATED)));
        assertThat(annotations.path("enclave-metrics.dev/original-metrics").stringValue())
                .isEqualTo(
                        "{\"replaced\":[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\","
                            + "\"target\":{\"type\":\"Utilization\",\"averageUtilization\":75}}},"
                            + "{\"type\":\"Resource\",\"resource\":{\"name\":\"memory\",\"target\":"
                            + "{\"type\":\"Utilization\",\"averageUtilization\":50}}}]}");
    }

    @Test
    void patchesOnlyTheTouchedEntries() {
        assertThat(verdict(hpa("{type: External}", cpu(75))).operations().values())
                .first()
                .hasToString(
                        "{\"op\":\"test\",\"path\":\"/spec/metrics/1/type\",\"value\":\"Resource\"}");
        assertThat(verdict(hpa("{type: External}", cpu(75))).operations().get(1))
                .hasToString(
                        "{\"op\":\"replace\",\"path\":\"/spec/metrics/1\",\"value\":{\"type\":\"Pods\","
                            + "\"pods\":{\"metric\":{\"name\":\"nitro_enclave_cpu_usage\"},"
                            + "\"target\":{\"type\":\"Utilization\",\"averageValue\":\"750m\"}}}}");
    }

    @Test
    void tellsTheAuditLog() {
        assertThat(verdict(yaml(TestObjects.REFERENCE)).audit())
                .containsEntry("original-targets", "cpu 75%, memory 50%");
    }

    @Test
    void hasNothingToDoTheSecondTime() {
        AdmissionResponse again = verdict(translated(yaml(TestObjects.REFERENCE)));
        assertThat(again.operations()).isEmpty();
        assertThat(again.warnings()).isEmpty();
    }

    @Test
    void leavesAnHpaWithoutTheLabelAlone() {
        assertThat(verdict(TestObjects.unlabelled(yaml(TestObjects.REFERENCE))))
                .isEqualTo(AdmissionResponse.allowed());
    }

    @Test
    void removesWhatTheUserHasWrittenAsEnclaveMetricAlready() {
        JsonNode hpa =
                hpa(
                        cpu(75),
                        "{type: External}",
                        memory(50),
                        enclaveCpu("600m"),
                        cpu(60),
                        "{type: Object}");
        assertThat(translated(hpa).path("spec").path("metrics"))
                .isEqualTo(
                        list(
                                "{type: External}",
                                "{type: Pods, pods: {metric: {name: nitro_enclave_memory_usage},"
                                        + " target: {type: Utilization, averageValue: 500m}}}",
                                enclaveCpu("600m"),
                                "{type: Object}"));
        assertThat(verdict(hpa).warnings())
                .containsExactly(
                        "HPA nginx: metrics[0] cpu 75% left out: nitro_enclave_cpu_usage is there"
                                + " already",
                        "HPA nginx: metrics[4] cpu 60% left out: nitro_enclave_cpu_usage is there"
                                + " already");
    }

    @Test
    void doesNotTakeAnEnclaveMetricWithASelectorForTheWanted() {
        String selected =
                "{type: Pods, pods: {metric: {name: nitro_enclave_cpu_usage, selector:"
                    + " {matchLabels: {a: b}}}, target: {type: AverageValue, averageValue: 600m}}}";
        assertThat(metrics(selected, cpu(75))).isEqualTo(list(selected, enclaveCpu("750m")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{matchLabels: {}, matchExpressions: []}"})
    void takesAnEnclaveMetricWhoseSelectorSelectsAllForTheWanted(String selector) {
        String selected =
                "{type: Pods, pods: {metric: {name: nitro_enclave_cpu_usage, selector: "
                        + selector
                        + "}, target: {type: AverageValue, averageValue: 600m}}}";
        assertThat(metrics(selected, cpu(75))).isEqualTo(list(selected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics: []", "metrics: null", "maxReplicas: 5"})
    void translatesTheDefaultWhereThereAreNoMetrics(String spec) {
        ObjectNode hpa = hpa();
        hpa.set("spec", yaml("{" + spec + "}"));
        assertThat(translated(hpa).path("spec").path("metrics"))
                .isEqualTo(list(enclaveCpu("800m")));
    }

    @ParameterizedTest
    @CsvSource({
        "90, , ''",
        "91, , write at most 90",
        "300, , write at most 90",
        "95, '0.05', ''",
        "96, '50m', write at most 95",
        "80, '0.25', write at most 79",
        "99, '0', ''",
        "100, '0', write at most 99",
        "7, '1000', lower the tolerance"
    })
    void warnsOfTargetsThatNeverScaleUp(int percent, String tolerance, String advice) {
        ObjectNode hpa = hpa(cpu(percent));
        if (tolerance != null) {
            ((ObjectNode) hpa.path("spec"))
                    .set("behavior", yaml("scaleUp: {tolerance: '" + tolerance + "'}"));
        }
        String warning =
                "HPA nginx: metrics[0] cpu %d%% never scales up: usage is at most 100%%; %s"
                        .formatted(percent, advice);
        assertThat(verdict(hpa).warnings())
                .isEqualTo(advice.isEmpty() ? List.of() : List.of(warning));
    }
}
