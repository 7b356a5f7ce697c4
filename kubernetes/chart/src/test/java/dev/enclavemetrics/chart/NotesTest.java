package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checks the notes that are shown after an installation. */
class NotesTest {

    @Test
    void nameTheNextCommandsAndThePortsThatTheControlPlaneNeeds() {
        assertThat(Chart.notes(""))
                .contains(
                        "kubectl get apiservices v1beta1.custom.metrics.k8s.io",
                        "/namespaces/default/pods/*/nitro_enclave_cpu_usage'",
                        "kubernetes/examples/hpa-managed.yaml",
                        "TCP 10250 for enclave-metrics-server",
                        "TCP 10251 for enclave-metrics-webhook",
                        "DaemonSet enclave-metrics-seccomp puts it there",
                        "must not enforce baseline either");
    }

    @Test
    void tellOfWhatIsThereOnly() {
        assertThat(Chart.notes("metricsServer: {enabled: false}"))
                .doesNotContain("apiservices", "enclave-metrics-server");
        assertThat(Chart.notes("webhook: {enabled: false}"))
                .doesNotContain("enclave-metrics-webhook", "seccomp");
        assertThat(Chart.notes("webhook: {sidecar: {nitroCli: none}}"))
                .doesNotContain("must not enforce baseline either");
    }

    @Test
    void warnWhereTheProfileIsNotBrought() {
        assertThat(Chart.notes("seccomp: {install: false}"))
                .contains("without it they do not start");
        assertThat(Chart.notes("webhook: {sidecar: {seccompProfile: Unconfined}}"))
                .contains("which forbids Unconfined");
    }
}
