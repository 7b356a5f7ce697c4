package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties that hold for all variants. */
class VariantsTest {

    private static final Set<String> CLUSTER_SCOPED =
            Set.of(
                    "ClusterRole",
                    "ClusterRoleBinding",
                    "APIService",
                    "MutatingWebhookConfiguration",
                    "ValidatingAdmissionPolicy",
                    "ValidatingAdmissionPolicyBinding");

    /** Prometheus and Grafana use template syntax of their own in these objects. */
    private static final Set<String> WITH_TEMPLATES =
            Set.of("PrometheusRule enclave-metrics", "ConfigMap enclave-metrics-dashboard");

    /** A word that is a boolean in Helm's YAML, and a string elsewhere. */
    private static final Pattern BOOLEAN_WORD = Pattern.compile("(?mi)[:-] (yes|no|on|off|y|n)$");

    @Test
    void passesTheStrictLint() {
        var result = Chart.lint();

        assertThat(result.getMessages()).noneMatch(message -> message.contains("ERROR"));
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void rendersWhatKubernetesKnows(Variant variant) {
        for (Object object : variant.render().objects()) {
            if (KubernetesModels.knows(object)) {
                assertThat(KubernetesModels.problem(object)).as(Rendered.name(object)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesEachObjectOnceAndWhereItBelongs(Variant variant) {
        Rendered rendered = variant.render();

        assertThat(rendered.names()).isNotEmpty().doesNotHaveDuplicates();
        for (Object object : rendered.objects()) {
            assertThat(Rendered.at(object, "metadata", "namespace") == null)
                    .as(Rendered.name(object))
                    .isEqualTo(CLUSTER_SCOPED.contains(Rendered.text(object, "kind")));
            assertThat(Rendered.text(object, "metadata", "labels", "app.kubernetes.io/instance"))
                    .isEqualTo(Chart.RELEASE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoTraceOfTemplates(Variant variant) {
        Rendered rendered = variant.render();

        assertThat(rendered.text())
                .doesNotContain("<no value>", "%!")
                .doesNotContainPattern(BOOLEAN_WORD);
        assertThat(rendered.objects())
                .filteredOn(object -> !WITH_TEMPLATES.contains(Rendered.name(object)))
                .allMatch(object -> !object.toString().contains("{{"));
    }

    @ParameterizedTest
    @EnumSource
    void rendersTheSameTwice(Variant variant) {
        assertThat(variant.render().text()).isEqualTo(variant.render().text());
    }

    @ParameterizedTest
    @EnumSource
    void neverRendersAnEmptyCaBundle(Variant variant) {
        for (Object object : variant.render().objects()) {
            List.of(
                            Objects.requireNonNullElse(Rendered.at(object, "spec"), ""),
                            Rendered.list(object, "webhooks"))
                    .forEach(
                            part ->
                                    assertThat(String.valueOf(part))
                                            .doesNotContainPattern("caBundle=(,|}|null)"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void usesNoHooksSinceTheyStayBehind(Variant variant) {
        assertThat(variant.render().text()).doesNotContain("helm.sh/hook");
    }

    @ParameterizedTest
    @EnumSource
    void givesEveryContainerNothingThatItDoesNotNeed(Variant variant) {
        Rendered rendered = variant.render();
        rendered.ofKind("Deployment").forEach(VariantsTest::assertConfined);
        rendered.ofKind("DaemonSet").forEach(VariantsTest::assertConfined);
    }

    private static void assertConfined(Object workload) {
        Object pod = Rendered.podSpec(workload);
        assertThat(Rendered.text(pod, "securityContext", "seccompProfile", "type"))
                .isEqualTo("RuntimeDefault");
        assertThat(Rendered.text(pod, "enableServiceLinks")).isEqualTo("false");
        for (String list : List.of("containers", "initContainers")) {
            for (Object container : Rendered.list(pod, list)) {
                Object security = Objects.requireNonNull(Rendered.at(container, "securityContext"));
                assertThat(Rendered.text(security, "allowPrivilegeEscalation")).isEqualTo("false");
                assertThat(Rendered.text(security, "readOnlyRootFilesystem")).isEqualTo("true");
                assertThat(Rendered.list(security, "capabilities", "drop")).containsExactly("ALL");
                assertThat(Rendered.at(container, "resources", "limits", "memory")).isNotNull();
            }
        }
    }
}
