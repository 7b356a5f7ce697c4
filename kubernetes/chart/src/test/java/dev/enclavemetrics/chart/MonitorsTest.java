package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Prometheus Operator's objects, whose form Kubernetes' models do not have. */
class MonitorsTest {

    @Test
    void areLeftOutByDefault() {
        assertThat(Chart.defaults().names()).noneMatch(name -> name.contains("Monitor"));
    }

    @Test
    void findTheLaunchersByLabelAndPortName() {
        Object monitor = Variant.EVERYTHING.render().get("PodMonitor enclave-metrics-launchers");

        assertThat(Rendered.text(monitor, "metadata", "labels", "release")).isEqualTo("prometheus");
        assertThat(Rendered.text(monitor, "spec"))
                .isEqualTo(
                        "{namespaceSelector={any=true},"
                                + " selector={matchLabels={nitro.k8s.anjuna.io/managed=yes}},"
                                + " podMetricsEndpoints=[{port=enclave-metrics, path=/metrics,"
                                + " interval=15s}]}");
    }

    @Test
    void askTheServersOverTrustedTls() {
        Object monitor = Variant.EVERYTHING.render().get("ServiceMonitor enclave-metrics-server");

        assertThat(Rendered.text(Rendered.list(monitor, "spec", "endpoints").get(0)))
                .isEqualTo(
                        "{port=https, scheme=https, path=/metrics, interval=30s,"
                            + " bearerTokenFile=/var/run/secrets/kubernetes.io/serviceaccount/token,"
                            + " tlsConfig={serverName=enclave-metrics-server.enclave-system.svc,"
                            + " ca={secret={name=enclave-metrics-server-self-signed,"
                            + " key=ca.crt}}}}");
    }
}
