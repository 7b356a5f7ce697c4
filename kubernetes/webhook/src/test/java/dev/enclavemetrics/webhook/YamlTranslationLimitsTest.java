package dev.enclavemetrics.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not translated, and what is no YAML. */
class YamlTranslationLimitsTest {

    private static final String HEAD =
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: nginx, labels: {nitro.k8s.anjuna.io/managed: "yes"}}
            """;

    private static YamlTranslation translation(String text) {
        YamlTranslation once = YamlTranslation.of("hpa.yaml", text);
        YamlTranslation twice = YamlTranslation.of("hpa.yaml", once.text());
        assertThat(twice.text()).isEqualTo(once.text());
        return once;
    }

    private static String translated(String text) {
        YamlTranslation translation = translation(text);
        assertThat(translation.problems()).isEmpty();
        return translation.text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type:"
                        + " AverageValue, averageValue: 1}}}]} | spec.metrics[0] cpu must aim at"
                        + " averageUtilization",
                "spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type:"
                        + " Utilization, averageUtilization: 0}}}]} | spec.metrics[0] cpu must have"
                        + " a type, and averageUtilization from 1; found",
                "spec: {metrics: 7} | spec.metrics must be a list",
                "spec: {} | spec must have scaleTargetRef",
                "x: 1 | spec must have scaleTargetRef",
                "spec: {<<: {a: b}} | must have no merge key",
                "spec: {a: &a 1, metrics: [{type: Resource, resource: {name: cpu, target: {type:"
                        + " Utilization, averageUtilization: 7}}}]} | spec must have no anchor",
            })
    void saysWhatCannotBeTranslatedAndWhere(String spec, String words) {
        YamlTranslation translation = translation("a: b\n---\n" + HEAD + spec + "\n");
        assertThat(translation.problems())
                .singleElement()
                .asString()
                .startsWith("hpa.yaml:3: HPA nginx: ")
                .contains(words);
        assertThat(translation.text()).isEqualTo("a: b\n---\n" + HEAD + spec + "\n");
    }

    @Test
    void leavesFormsAloneThatItCannotEdit() {
        String text =
                HEAD
                        + "spec:\n"
                        + "  metrics:\n"
                        + "  - type: Resource\n"
                        + "    resource:\n"
                        + "      ? name\n"
                        + "      : cpu\n"
                        + "      target: {type: Utilization, averageUtilization: 7}\n";
        YamlTranslation translation = translation(text);
        assertThat(translation.text()).isEqualTo(text);
        assertThat(translation.problems()).singleElement().asString().contains("plainer form");
    }

    @Test
    void leavesKedasAlone() {
        String text =
                TestObjects.REFERENCE.replace(
                        "  labels:\n",
                        "  labels:\n    app.kubernetes.io/managed-by: keda-operator\n");
        assertThat(translated(text)).isEqualTo(text);
        assertThat(translation(text).warnings()).singleElement().asString().contains("KEDA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "# nothing\n",
                "---\n---\n",
                "a: [1, {b: c}]\n",
                "7",
                "a: &x [*x]\n",
                "kind: List\nitems: 7\n",
                "kind: List\nitems: &x [{kind: List, items: *x}]"
            })
    void passesOtherTextsThrough(String text) {
        assertThat(YamlTranslation.of("a.yaml", text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {{ .Values.b }}\n",
                "a: b: c",
                "\t- x",
                "{\"a\":",
                "\u0000",
                "%TAG x",
                "*a"
            })
    void saysWhereATextIsNoYaml(String text) {
        assertThat(YamlTranslation.of("a.yaml", text).problems())
                .singleElement()
                .asString()
                .startsWith("a.yaml:")
                .contains("must be YAML or JSON");
    }

    @Test
    void survivesHostileTexts() {
        assertThat(YamlTranslation.of("a", "[".repeat(200_000)).problems()).isNotEmpty();
        assertThat(YamlTranslation.of("a", "? ".repeat(50_000)).problems()).hasSizeLessThan(2);
        StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
        StringBuilder lists =
                new StringBuilder("kind: List\nitems:\n- &l0 {kind: List, items: []}\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
            lists.append("- &l%d {kind: List, items: [*l%d, *l%d]}\n".formatted(i, i - 1, i - 1));
        }
        assertThat(YamlTranslation.of("a", HEAD + laughs).problems()).isNotEmpty();
        assertThat(YamlTranslation.of("a", lists.toString()).text()).isEqualTo(lists.toString());
    }
}
