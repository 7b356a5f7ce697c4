package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeccompTest {

    private static final String INSTALLER = "DaemonSet enclave-metrics-seccomp";

    @Test
    void isTheLaunchersProfile() {
        assertThat(
                        Rendered.text(
                                Chart.defaults().get("ConfigMap enclave-metrics-seccomp"),
                                "data",
                                "profile.json"))
                .isEqualTo(Chart.read("files/launcher-seccomp.json"));
    }

    @Test
    void liesWhereTheSidecarsProfileIsLookedFor() {
        Rendered rendered =
                Chart.render(
                        "{seccomp: {kubeletFolder: /kubelet/seccomp/},"
                                + " webhook: {sidecar: {seccompProfile: a/b/c.json}}}");
        Object pod = Rendered.podSpec(rendered.get(INSTALLER));
        Object installer = Rendered.list(pod, "initContainers").get(0);

        assertThat(Rendered.list(pod, "volumes"))
                .map(volume -> Objects.toString(Rendered.at(volume, "hostPath", "path")))
                .contains("/kubelet/seccomp/a/b");
        assertThat(Rendered.list(installer, "command")).last().isEqualTo("/nodes/c.json");
        assertThat(rendered.arguments("enclave-metrics-webhook"))
                .contains("--sidecar-seccomp-profile=a/b/c.json");
    }

    @Test
    void isPutThereByRootWithoutATokenOrAnyConnection() {
        Rendered rendered = Chart.defaults();
        Object pod = Rendered.podSpec(rendered.get(INSTALLER));
        Object policy =
                Objects.requireNonNull(
                        Rendered.at(rendered.get("NetworkPolicy enclave-metrics-seccomp"), "spec"));

        assertThat(Rendered.text(pod, "automountServiceAccountToken")).isEqualTo("false");
        assertThat(Rendered.at(pod, "hostNetwork")).isNull();
        assertThat(Rendered.list(Rendered.list(pod, "containers").get(0), "volumeMounts"))
                .isEmpty();
        assertThat(Rendered.list(policy, "policyTypes")).containsExactly("Ingress", "Egress");
        assertThat(Rendered.at(policy, "ingress")).isNull();
        assertThat(Rendered.at(policy, "egress")).isNull();
    }

    /**
     * Installed in another namespace, so that the release's namespace can enforce level restricted.
     */
    @Test
    void isInstalledFromANamespaceOfItsOwn() {
        Rendered rendered = Chart.render("seccomp: {namespace: node-setup}");

        assertThat(rendered.objects())
                .filteredOn(object -> Rendered.name(object).endsWith("-seccomp"))
                .hasSize(3)
                .allMatch(
                        object ->
                                Rendered.text(object, "metadata", "namespace")
                                        .equals("node-setup"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seccomp: {install: false}",
                "webhook: {sidecar: {seccompProfile: Unconfined}}",
                "webhook: {pods: {enabled: false}}",
                "webhook: {enabled: false}"
            })
    void isNotPutThereWhereNobodyNeedsIt(String values) {
        assertThat(Chart.render(values).names()).noneMatch(name -> name.endsWith("-seccomp"));
    }
}
