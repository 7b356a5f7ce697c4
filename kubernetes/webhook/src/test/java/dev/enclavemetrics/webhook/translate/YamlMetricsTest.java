package dev.enclavemetrics.webhook.translate;

import static dev.enclavemetrics.webhook.translate.Translations.HEAD;
import static dev.enclavemetrics.webhook.translate.Translations.translated;
import static dev.enclavemetrics.webhook.translate.Translations.translation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Patched;
import dev.enclavemetrics.webhook.admission.TestObjects;
import dev.enclavemetrics.webhook.hpa.HpaAdmission;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries and lists of metrics that a translation adds to a file or removes from it. */
class YamlMetricsTest {

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void removesWhatIsThereAlready(int place) {
        String[] block = new String[3];
        String[] flow = new String[3];
        for (int i = 0; i < 3; i++) {
            block[i] = "  # about " + i + "\n  - type: Object # " + i + "\n";
            flow[i] = "{type: Object}";
        }
        int other = (place + 1) % 3;
        block[place] =
                """
                - type: Pods
                  pods:
                    metric: {name: nitro_enclave_cpu_usage}
                    target: {type: Utilization, averageValue: 600m}
                """
                        .indent(2);
        flow[place] = TestObjects.enclaveCpu("600m");
        String[] blockAfter = block.clone();
        String[] flowAfter = flow.clone();
        block[other] =
                """
                # about cpu
                - type: Resource
                  resource:
                    name: cpu
                    target: {type: Utilization, averageUtilization: 60} # six
                """
                        .indent(2);
        blockAfter[other] = "  # about cpu\n";
        flow[other] = TestObjects.cpu(60);
        flowAfter[other] = null;
        String blockHead = HEAD + "spec:\n  metrics:\n";
        assertThat(translated(blockHead + String.join("", block) + "  maxReplicas: 5\n"))
                .isEqualTo(blockHead + String.join("", blockAfter) + "  maxReplicas: 5\n");
        assertThat(translated(HEAD + "spec: {metrics: [" + String.join(", ", flow) + "]}\n"))
                .isEqualTo(
                        HEAD
                                + "spec: {metrics: ["
                                + String.join(
                                        ", ",
                                        Arrays.stream(flowAfter).filter(Objects::nonNull).toList())
                                + "]}\n");
    }

    @Test
    void removesSeveral() {
        String user = TestObjects.enclaveCpu("600m");
        String list =
                "%s, %s, %s, %s"
                        .formatted(
                                TestObjects.cpu(1), TestObjects.cpu(2), user, TestObjects.cpu(3));
        assertThat(translated(HEAD + "spec: {metrics: [ " + list + " ]}\n"))
                .isEqualTo(HEAD + "spec: {metrics: [ " + user + " ]}\n");
        String both = "%s, %s, %s".formatted(user, TestObjects.cpu(2), TestObjects.cpu(3));
        assertThat(translated(HEAD + "spec: {metrics: [" + both + "]}\n"))
                .isEqualTo(HEAD + "spec: {metrics: [" + user + "]}\n");
    }

    @Test
    void makesVersion2OfVersion1() {
        String text =
                HEAD.replace("/v2", "/v1")
                        + "spec:\n"
                        + "  minReplicas: 1\n"
                        + "  targetCPUUtilizationPercentage: 75 # percent\n"
                        + "  maxReplicas: 5\n";
        assertThat(translated(text))
                .isEqualTo(
                        HEAD
                                + """
                                spec:
                                  minReplicas: 1
                                  metrics:
                                    - type: Pods
                                      pods:
                                        metric:
                                          name: nitro_enclave_cpu_usage
                                        target:
                                          type: Utilization
                                          averageValue: 750m # percent
                                  maxReplicas: 5
                                """);
        assertThat(
                        translated(
                                "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"HorizontalPodAutoscaler\",\"metadata\":{\"labels\":{\"nitro.k8s.anjuna.io/managed\":\"yes\"}},\"spec\":{\"targetCPUUtilizationPercentage\":75}}"))
                .isEqualTo(
                        "{\"apiVersion\":\"autoscaling/v2\",\"kind\":\"HorizontalPodAutoscaler\",\"metadata\":{\"labels\":{\"nitro.k8s.anjuna.io/managed\":\"yes\"}},\"spec\":{\"metrics\":"
                            + " [{\"type\":\"Pods\",\"pods\":{\"metric\":{\"name\":\"nitro_enclave_cpu_usage\"},\"target\":{\"type\":\"Utilization\",\"averageValue\":\"750m\"}}}]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "metrics: []\n  ", "metrics:\n  ", "metrics: null # none\n  "})
    void writesTheDefaultOutWhereThereAreNoMetrics(String metrics) {
        String text = HEAD + "spec:\n  " + metrics + "maxReplicas: 5\n";
        String translated = translated(text);
        assertThat(TestObjects.yaml(translated).at("/spec"))
                .isEqualTo(
                        TestObjects.yaml(
                                "{metrics: ["
                                        + TestObjects.enclaveCpu("800m")
                                        + "], maxReplicas: 5}"));
        String version1 = translated(text.replace("/v2", "/v1").replace(metrics, ""));
        assertThat(TestObjects.yaml(version1)).isEqualTo(TestObjects.yaml(translated));
        assertThat(translation(text).warnings())
                .containsExactly(
                        "hpa.yaml:1: HPA nginx: no metrics given: the default, cpu 80%, is written"
                                + " out and translated");
        assertThat(translated(HEAD + "spec: {maxReplicas: 5}"))
                .endsWith(
                        "spec: {metrics: ["
                                + TestObjects.enclaveCpu("800m")
                                + "], maxReplicas: 5}");
    }

    /**
     * For random metrics, the command translates a file exactly as the webhook translates the
     * object.
     */
    @Test
    void agreesWithTheWebhook() {
        HpaAdmission webhook = new HpaAdmission(OnUntranslatable.REFUSE);
        Random random = new Random(20261124);
        for (int round = 0; round < 500; round++) {
            String[] metrics = new String[1 + random.nextInt(6)];
            for (int i = 0; i < metrics.length; i++) {
                metrics[i] =
                        switch (random.nextInt(4)) {
                            case 0 -> TestObjects.cpu(1 + random.nextInt(200));
                            case 1 -> TestObjects.memory(1 + random.nextInt(200));
                            case 2 -> TestObjects.enclaveCpu("600m");
                            default -> "{type: External}";
                        };
            }
            boolean block = random.nextBoolean();
            String list =
                    block
                            ? "\n  -   " + String.join("\n  # x - y\n  -   ", metrics) + "\n"
                            : " [" + String.join(" ,", metrics) + "]\n";
            String text = HEAD + "spec:\n  metrics:" + list + "  maxReplicas: 5\n";
            var hpa = TestObjects.yaml(text);
            AdmissionResponse verdict = webhook.admit(AdmissionRequest.created("HPA", hpa));
            assertThat(TestObjects.yaml(translated(text)).path("spec"))
                    .as(text)
                    .isEqualTo(Patched.apply(hpa, verdict.operations()).path("spec"));
        }
    }
}
