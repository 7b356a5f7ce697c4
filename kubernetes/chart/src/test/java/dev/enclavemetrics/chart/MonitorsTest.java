package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks Prometheus Operator's objects, which Kubernetes' models do not include. */
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
                .startsWith(
                        "{namespaceSelector={any=true},"
                                + " selector={matchLabels={nitro.k8s.anjuna.io/managed=yes}},"
                                + " bodySizeLimit=64KB,"
                                + " podMetricsEndpoints=[{port=enclave-metrics, path=/metrics,"
                                + " followRedirects=false, interval=15s, relabelings=[");
    }

    /** Users control their launchers: one may redirect to another, or send an endless response. */
    @Test
    void followNoRedirectAndReadNoEndlessAnswer() {
        Object scrape = Rendered.list(example("prometheus.yaml"), "scrape_configs").get(0);
        assertThat(Rendered.text(scrape, "follow_redirects")).isEqualTo("false");
        String limit = Rendered.text(scrape, "body_size_limit");

        for (Object monitor :
                List.of(
                        example("podmonitor.yaml"),
                        Variant.EVERYTHING.render().get("PodMonitor enclave-metrics-launchers"))) {
            Object endpoint = Rendered.list(monitor, "spec", "podMetricsEndpoints").get(0);
            assertThat(Rendered.text(endpoint, "followRedirects")).isEqualTo("false");
            assertThat(Rendered.text(monitor, "spec", "bodySizeLimit")).isEqualTo(limit);
        }
    }

    /**
     * The alerts and the dashboard identify launchers by these labels, however they are scraped.
     */
    @Test
    void giveTheLabelsOfTheExamples() {
        Object monitor = Variant.EVERYTHING.render().get("PodMonitor enclave-metrics-launchers");
        List<Object> relabelings = relabelings(monitor);
        Object scrape = Rendered.list(example("prometheus.yaml"), "scrape_configs").get(0);

        assertThat(relabelings(example("podmonitor.yaml"))).endsWith(relabelings.toArray());
        assertThat(relabelings.get(0)).hasToString("{targetLabel=job, replacement=nitro-enclaves}");
        assertThat(Rendered.text(scrape, "job_name")).isEqualTo("nitro-enclaves");
        assertThat(Rendered.list(scrape, "relabel_configs").toString())
                .endsWith(
                        relabelings
                                .subList(1, relabelings.size())
                                .toString()
                                .substring(1)
                                .replace("sourceLabels", "source_labels")
                                .replace("targetLabel", "target_label"));
    }

    private static List<Object> relabelings(Object podMonitor) {
        Object endpoint = Rendered.list(podMonitor, "spec", "podMetricsEndpoints").get(0);
        return Rendered.list(endpoint, "relabelings");
    }

    private static Object example(String name) {
        return new Rendered(Chart.read("../examples/" + name)).objects().get(0);
    }

    @Test
    void askTheServersOverTrustedTls() {
        Object monitor = Variant.EVERYTHING.render().get("ServiceMonitor enclave-metrics-server");

        assertThat(Rendered.text(Rendered.list(monitor, "spec", "endpoints").get(0)))
                .isEqualTo(
                        "{port=https, scheme=https, path=/metrics, interval=30s,"
                            + " relabelings=[{targetLabel=job,"
                            + " replacement=enclave-metrics-server}],"
                            + " bearerTokenFile=/var/run/secrets/kubernetes.io/serviceaccount/token,"
                            + " tlsConfig={serverName=enclave-metrics-server.enclave-system.svc,"
                            + " ca={secret={name=enclave-metrics-server-self-signed,"
                            + " key=ca.crt}}}}");
    }

    @Test
    void sendPrometheusTokenOnlyToTheServerThatChecksIt() {
        Object monitor = Variant.EVERYTHING.render().get("ServiceMonitor enclave-metrics-webhook");

        assertThat(Rendered.text(Rendered.list(monitor, "spec", "endpoints").get(0)))
                .contains("scheme=https")
                .doesNotContain("bearerToken");
    }

    /** A user's Secret has tls.crt and tls.key; the CA certificate is in the values. */
    @Test
    void takeTheAuthorityOfTheValuesWhereTheSecretIsTheUsers() {
        Rendered rendered =
                Chart.render(
                        """
                        serviceMonitor: {enabled: true}
                        tls: {type: secret}
                        metricsServer: {tls: {secretName: s, ca: "-----BEGIN CERTIFICATE-----\\nA\\n"}}
                        webhook: {enabled: false}
                        """);
        Object monitor = rendered.get("ServiceMonitor enclave-metrics-server");
        Object endpoint = Rendered.list(monitor, "spec", "endpoints").get(0);

        assertThat(Rendered.text(endpoint, "tlsConfig", "ca"))
                .isEqualTo("{configMap={name=enclave-metrics-server-ca, key=ca.crt}}");
        assertThat(rendered.get("ConfigMap enclave-metrics-server-ca"))
                .extracting(map -> Rendered.text(map, "data", "ca.crt").strip())
                .isEqualTo("-----BEGIN CERTIFICATE-----\nA");
    }
}
