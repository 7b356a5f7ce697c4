package dev.enclavemetrics.webhook.translate;

import static dev.enclavemetrics.webhook.translate.Translations.HEAD;
import static dev.enclavemetrics.webhook.translate.Translations.translated;
import static dev.enclavemetrics.webhook.translate.Translations.translation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.Mutations;
import dev.enclavemetrics.webhook.admission.TestObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are not translated, and texts that are not YAML. */
class YamlTranslationLimitsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type:"
                    + " AverageValue, averageValue: 1}}}]} | spec.metrics[0] cpu must have target"
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
    void refusesMoreLevelsThanCanBeRead() {
        String text = "a: b\n---\nc: " + "[".repeat(50_000);
        YamlTranslation translation = translation(text);
        assertThat(translation.text()).isEqualTo(text);
        assertThat(translation.problems())
                .singleElement()
                .isEqualTo(
                        "hpa.yaml: must have at most 500 levels, found more in line 3; flatten it");
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
                "*a",
                "{[a]: b}"
            })
    void saysWhereATextIsNoYaml(String text) {
        assertThat(YamlTranslation.of("a.yaml", text).problems())
                .singleElement()
                .asString()
                .startsWith("a.yaml:")
                .contains("must be YAML or JSON");
    }

    @Test
    void translatesAnItemOnceThatAnAliasRepeats() {
        String item = TestObjects.REFERENCE.strip().replace("\n", "\n  ");
        String list = "kind: List\nitems:\n- &x\n  %s\n- *x\n- *x\n";
        assertThat(translated(list.formatted(item)))
                .isEqualTo(
                        list.formatted(
                                translated(TestObjects.REFERENCE).strip().replace("\n", "\n  ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec: {}\\nspec: {} | must have each key once, found a second spec in line 5",
                "spec: {a: 1, a: 2} | must have each key once, found a second a in line 4",
                "spec: &s\\n  a: *s | levels deep, with its aliases resolved, found more in line 4"
            })
    void saysWhereAnHpaIsNoPlainTree(String spec, String words) {
        String text = HEAD + spec.replace("\\n", "\n") + "\n";
        YamlTranslation translation = translation(text);
        assertThat(translation.problems())
                .singleElement()
                .asString()
                .startsWith("hpa.yaml:1: HPA nginx: ")
                .contains(words);
        assertThat(translation.text()).isEqualTo(text);
    }

    @Test
    void readsNoNumberWhoseLengthMakesThatSlow() {
        assertThat(translation(HEAD + "spec: {a: " + "1".repeat(1 << 20) + "}\n").problems())
                .singleElement()
                .asString()
                .contains("must have numbers of at most 100 digits, found 1048576 in line 4");
    }

    @Test
    void findsItsPlacesBehindCharactersOfTwoUnits() {
        String text = "# \ud83d\ude00 \u00e4\n" + TestObjects.REFERENCE;
        assertThat(translated(text + "---\n" + text))
                .isEqualTo(translated(text) + "---\n" + translated(text));
    }

    /** Any text must give a translation or problems; an exception fails the test. */
    @Test
    void survivesWhateverIsInTheFile() {
        Mutations mutations = new Mutations(20261126);
        int problems = 0;
        for (int i = 0; i < 3000; i++) {
            String text =
                    mutations.of(
                            i % 2 == 0
                                    ? TestObjects.REFERENCE
                                    : "kind: List\nitems: [&x {kind: List, items: []}, *x]\n---\n"
                                            + HEAD
                                            + "spec: {maxReplicas: 3}\n");
            YamlTranslation translation = YamlTranslation.of("hpa.yaml", text);
            problems += translation.problems().isEmpty() ? 0 : 1;
            assertThat(translation.problems()).allMatch(problem -> problem.startsWith("hpa.yaml:"));
        }
        assertThat(problems).isBetween(100, 2900);
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
