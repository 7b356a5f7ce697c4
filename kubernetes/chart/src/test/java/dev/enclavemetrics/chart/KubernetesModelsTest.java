package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tests that the check detects errors. */
class KubernetesModelsTest {

    @Test
    void findsNothingInWhatIsRight() {
        assertThat(problem(text -> text)).isEqualTo("none");
    }

    @Test
    void findsAnUnknownField() {
        assertThat(problem(text -> text.replace("scheme: HTTPS", "schema: HTTPS")))
                .contains("`schema`");
    }

    @Test
    void findsAFieldAtTheWrongDepth() {
        assertThat(problem(text -> text.replace("      affinity:", "  affinity:")))
                .contains("`affinity`");
    }

    @Test
    void findsThatARequiredFieldIsMissing() {
        assertThat(problem(text -> text.replace("- name: metrics-server", "- stdin: false")))
                .contains("`name`");
    }

    @Test
    void findsATextWhereANumberIsNeeded() {
        assertThat(problem(text -> text.replace("replicas: 2", "replicas: two"))).contains("two");
    }

    @Test
    void findsABooleanWhereATextIsNeeded() {
        assertThat(problem(text -> text.replace("scheme: HTTPS", "scheme: true"))).contains("true");
    }

    @Test
    void findsAKindThatKubernetesDoesNotHave() {
        assertThat(problem(text -> text.replace("kind: Deployment", "kind: Deploiment")))
                .contains("V1Deploiment");
    }

    private static String problem(UnaryOperator<String> mistake) {
        String text = Chart.defaults().text();
        int at = text.indexOf("kind: Deployment\n") - "apiVersion: apps/v1\n".length();
        String deployment = text.substring(at, text.indexOf("\n---", at) + 1);
        Object object = new Rendered(mistake.apply(deployment)).objects().get(0);
        return KubernetesModels.problem(object).orElse("none");
    }
}
