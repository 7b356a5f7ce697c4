package dev.enclavemetrics.webhook.hpa;

import static dev.enclavemetrics.webhook.admission.TestObjects.cpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.hpa;
import static dev.enclavemetrics.webhook.admission.TestObjects.memory;
import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Patched;
import dev.enclavemetrics.webhook.admission.TestObjects;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects that are rejected or left unchanged, and messages that are shortened. */
class HpaRefusalTest {

    private static final String AVERAGE_VALUE = "{type: AverageValue, averageValue: 500m}";

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

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{spec: 7}", "{spec: {metrics: 7}}", "{spec: {metrics: {a: 1}}}"})
    void leavesWhatIsNoHpaToTheApiServer(String text) {
        ObjectNode hpa = yaml(text);
        hpa.set("metadata", hpa().get("metadata"));
        assertThat(verdict(hpa)).isEqualTo(AdmissionResponse.allowed());
    }

    @Test
    void refusesWhatCannotBeTranslatedAndSaysWhatToWrite() {
        JsonNode hpa = hpa(TestObjects.CPU.formatted(AVERAGE_VALUE));
        AdmissionRequest created =
                new AdmissionRequest("HPA", false, hpa, hpa.path("none"), "shop", false);
        assertThat(admission.admit(created).refusal())
                .isEqualTo(
                        new AdmissionResponse.Refusal(
                                StatusReason.INVALID,
                                "HPA nginx in namespace shop: spec.metrics[0] cpu must have target"
                                    + " averageUtilization, found"
                                    + " {type:AverageValue,averageValue:500m}; write target: {type:"
                                    + " Utilization, averageUtilization: N}, N being percent of the"
                                    + " enclave (or remove the label nitro.k8s.anjuna.io/managed to"
                                    + " scale by the launcher's own usage)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue:"
                        + " 500m}}}",
                "{type: Resource, resource: {name: cpu, target: {type: Value, value: '1',"
                        + " averageUtilization: 75}}}",
                "{type: Resource, resource: {name: cpu, target: {type: AverageValue,"
                        + " averageUtilization: 75}}}",
                "{type: ContainerResource, containerResource: {name: memory, container: a, target:"
                        + " {type: Utilization, averageUtilization: 50}}}"
            })
    void leavesTheUntranslatableAloneIfSetSo(String metric) {
        assertThat(verdict(hpa(metric)).refusal()).isNotNull();
        HpaAdmission lenient = new HpaAdmission(OnUntranslatable.WARN);
        JsonNode hpa = hpa(metric, memory(50));
        AdmissionResponse verdict = lenient.admit(AdmissionRequest.created("HPA", hpa));
        assertThat(verdict.refusal()).isNull();
        assertThat(verdict.warnings())
                .singleElement()
                .asString()
                .startsWith("HPA nginx: metrics[0] ")
                .contains(" left alone; write t")
                .doesNotContain("…");
        assertThat(Patched.apply(hpa, verdict.operations()).path("spec").path("metrics").get(0))
                .isEqualTo(yaml(metric));
    }

    /** The API server rejects these itself, with a message. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: Utilization}",
                "{type: Utilization, averageUtilization: 0}",
                "{type: Utilization, averageUtilization: -7}",
                "{type: Value, value: '1'}",
                "{type: '', averageUtilization: 75}",
                "{type: Utilization, averageUtilization: 75, averageValue: 500m}"
            })
    void leavesWhatIsInvalidToTheApiServer(String target) {
        assertThat(verdict(hpa(TestObjects.CPU.formatted(target))))
                .isEqualTo(AdmissionResponse.allowed());
    }

    @Test
    void refusesNoUpdateThatIsNotAboutTheMetrics() {
        JsonNode hpa = hpa(TestObjects.CPU.formatted(AVERAGE_VALUE));
        assertThat(admission.admit(AdmissionRequest.updated("HPA", hpa, hpa)).refusal()).isNull();
        ObjectNode deleted = (ObjectNode) hpa.deepCopy();
        ((ObjectNode) deleted.path("metadata")).put("deletionTimestamp", "2026-11-24T05:40:00Z");
        assertThat(admission.admit(AdmissionRequest.updated("HPA", deleted, hpa())))
                .isEqualTo(AdmissionResponse.allowed());
    }

    /** With autoscaling/v1, each metric may arrive in another form than it was stored in. */
    @Test
    void refusesNoUpdateForWhatWasThereInAnotherForm() {
        String other =
                "{type: Pods, pods: {metric: {name: queue}, target: {type: %s, averageValue:"
                        + " '3'}}}";
        JsonNode old =
                hpa(TestObjects.CPU.formatted(AVERAGE_VALUE), other.formatted("Utilization"));
        JsonNode hpa =
                hpa(
                        other.formatted("AverageValue"),
                        TestObjects.CPU.formatted("{type: Utilization, averageValue: '0.5'}"));
        assertThat(admission.admit(AdmissionRequest.updated("HPA", hpa, old)).refusal()).isNull();
        JsonNode more = hpa(TestObjects.CPU.formatted("{type: AverageValue, averageValue: '1'}"));
        assertThat(admission.admit(AdmissionRequest.updated("HPA", more, old)).refusal())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labels: {app.kubernetes.io/managed-by: keda-operator, nitro.k8s.anjuna.io/managed:"
                        + " 'yes'}",
                "ownerReferences: [{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: nginx}]"
            })
    void leavesKedasAlone(String metadata) {
        ObjectNode hpa = hpa(cpu(75));
        ((ObjectNode) hpa.path("metadata")).setAll(yaml(metadata));
        assertThat(verdict(hpa).operations()).isEmpty();
        assertThat(verdict(hpa).warnings()).singleElement().asString().contains("KEDA");
    }

    @Test
    void refusesMoreMetricsThanAnyoneHas() {
        assertThat(metrics(Collections.nCopies(100, cpu(75)).toArray(String[]::new))).hasSize(100);
        AdmissionResponse verdict =
                verdict(hpa(Collections.nCopies(1000, cpu(75)).toArray(String[]::new)));
        assertThat(TestObjects.message(verdict)).contains("at most 100", "found 1000");
        assertThat(verdict.operations()).isEmpty();
    }

    @Test
    void keepsNoOriginalsWhereAnnotationsAreFull() {
        ObjectNode hpa = hpa(cpu(75));
        ((ObjectNode) hpa.path("metadata")).putObject("annotations").put("a", "x".repeat(262_100));
        assertThat(translated(hpa).path("metadata").path("annotations").propertyNames())
                .containsExactly("a");
        assertThat(verdict(hpa).warnings())
                .singleElement()
                .asString()
                .contains("annotations are full");
    }

    @Test
    void boundsItsWarnings() {
        ObjectNode hpa = hpa(Collections.nCopies(100, cpu(95)).toArray(String[]::new));
        ((ObjectNode) hpa.path("metadata")).put("name", "n".repeat(253));
        List<String> warnings = verdict(hpa).warnings();
        assertThat(warnings).hasSize(31).allMatch(w -> w.length() <= 120);
        assertThat(String.join("", warnings).length()).isLessThan(4096);
        assertThat(warnings.get(30)).endsWith("and 70 more of these");
    }
}
