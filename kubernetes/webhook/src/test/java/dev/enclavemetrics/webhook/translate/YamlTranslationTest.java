package dev.enclavemetrics.webhook.translate;

import static dev.enclavemetrics.webhook.translate.Translations.HEAD;
import static dev.enclavemetrics.webhook.translate.Translations.translated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.Json;
import dev.enclavemetrics.webhook.admission.Patched;
import dev.enclavemetrics.webhook.admission.TestObjects;
import dev.enclavemetrics.webhook.hpa.HpaAdmission;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTranslationTest {

    @Test
    void translatesTheReferenceToItsFinalForm() {
        assertThat(translated(TestObjects.REFERENCE))
                .isEqualTo(
                        TestObjects.REFERENCE_MUTATED
                                .replace(" 0.75", " 750m")
                                .replace(" 0.5\n", " 500m\n"));
    }

    @Test
    void keepsCommentsOrderAndEveryOtherDocument() {
        String text =
                """
                # Größe 🎈
                kind: ConfigMap
                data:   {a : b,   c: "d" } # as it is
                ---
                # of the shop
                metadata:
                    labels:
                        nitro.k8s.anjuna.io/managed: 'yes'
                    name: "shop 🎈"
                kind: HorizontalPodAutoscaler
                apiVersion: autoscaling/v2
                spec:
                    metrics: # what counts
                        # first
                        -   resource: # source
                                target:
                                    averageUtilization: 75 # percent
                                    # a target
                                    type: "Utilization"
                                name: cpu # the processor
                            type: Resource # kind

                        - type: External
                          external:   {metric: {name: queue}}
                        - # with a note
                          type: 'Resource'
                          resource:
                            name: 'memory'
                            target: {type: Utilization, averageUtilization: 100}
                    maxReplicas:  5
                ...
                ---
                kind: HorizontalPodAutoscaler
                apiVersion: autoscaling/v2
                metadata: {name: without-the-label}
                spec: {metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 7}}}]}
                """;
        assertThat(translated(text))
                .isEqualTo(
                        text.replace("resource: # source", "pods: # source")
                                .replace("averageUtilization: 75 #", "averageValue: 750m #")
                                .replace(
                                        "                name: cpu #",
                                        "                metric:\n                    name:"
                                                + " nitro_enclave_cpu_usage #")
                                .replace("type: Resource # kind", "type: Pods # kind")
                                .replace("type: 'Resource'", "type: 'Pods'")
                                .replace("      resource:\n", "      pods:\n")
                                .replace(
                                        "            name: 'memory'",
                                        "            metric:\n              name:"
                                                + " 'nitro_enclave_memory_usage'")
                                .replace("averageUtilization: 100", "averageValue: \"1\""));
    }

    @Test
    void writesFlowStyle() {
        String metrics =
                "spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type:"
                        + " Utilization, averageUtilization: 33}}}]}\n";
        assertThat(translated(HEAD + metrics))
                .isEqualTo(
                        HEAD
                                + "spec: {metrics: [{type: Pods, pods: {metric: {name:"
                                + " nitro_enclave_cpu_usage}, target: {type: Utilization,"
                                + " averageValue: 330m}}}]}\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesJson(boolean pretty) {
        var hpa = TestObjects.hpa(TestObjects.cpu(75), TestObjects.memory(100));
        var wanted =
                Patched.apply(
                        hpa,
                        new HpaAdmission(OnUntranslatable.REFUSE)
                                .admit(AdmissionRequest.created("HPA", hpa))
                                .operations());
        String text = pretty ? hpa.toPrettyString() : hpa.toString();
        String translated = translated(text);
        assertThat(Json.MAPPER.readTree(translated).path("spec")).isEqualTo(wanted.path("spec"));
        assertThat(translated.replaceFirst("(?s)\"metrics\".*", ""))
                .isEqualTo(text.replaceFirst("(?s)\"metrics\".*", ""));
        assertThat(translated.lines().count()).isEqualTo(text.lines().count());
    }

    @Test
    void keepsLineEndsAndByteOrderMark() {
        String text = "\uFEFF" + TestObjects.REFERENCE.replace("\n", "\r\n").stripTrailing();
        assertThat(translated(text))
                .isEqualTo(
                        "\uFEFF"
                                + translated(TestObjects.REFERENCE)
                                        .replace("\n", "\r\n")
                                        .stripTrailing());
    }

    @Test
    void translatesTheItemsOfLists() {
        String list =
                "apiVersion: v1\nkind: List\nitems:\n- "
                        + TestObjects.REFERENCE.stripTrailing().replace("\n", "\n  ")
                        + "\n- kind: ConfigMap\n";
        assertThat(translated(list))
                .isEqualTo(
                        "apiVersion: v1\nkind: List\nitems:\n- "
                                + translated(TestObjects.REFERENCE)
                                        .stripTrailing()
                                        .replace("\n", "\n  ")
                                + "\n- kind: ConfigMap\n");
    }
}
