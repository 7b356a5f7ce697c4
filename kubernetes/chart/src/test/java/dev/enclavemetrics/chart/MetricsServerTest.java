package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {

    private static final String SERVER = "enclave-metrics-server";

    @Test
    void leavesNothingOfItWhereItIsOff() {
        Rendered rendered = Variant.METRICS_SERVER_OFF.render();

        assertThat(rendered.names()).noneMatch(name -> name.contains("server"));
        assertThat(rendered.names()).noneMatch(name -> name.contains("custom.metrics"));
        assertThat(rendered.names()).noneMatch(name -> name.endsWith("-reader"));
        assertThat(rendered.has("Deployment enclave-metrics-webhook")).isTrue();
    }

    @Test
    void registersBothVersionsAndPrefersTheNewer() {
        Rendered rendered = Chart.defaults();

        assertThat(rendered.ofKind("APIService"))
                .extracting(
                        api -> Rendered.text(api, "metadata", "name"),
                        api -> Rendered.text(api, "spec", "versionPriority"),
                        api -> Rendered.text(api, "spec", "service", "name"))
                .containsExactlyInAnyOrder(
                        tuple("v1beta2.custom.metrics.k8s.io", "200", SERVER),
                        tuple("v1beta1.custom.metrics.k8s.io", "100", SERVER));
        assertThat(rendered.text()).doesNotContain("insecureSkipTLSVerify");
    }

    /** The certificate must have the name by which the API server connects. */
    @Test
    void asksForACertificateOfItsService() {
        assertThat(Chart.defaults().arguments(SERVER))
                .contains(
                        "--tls-names=enclave-metrics-server.enclave-system.svc,"
                                + "enclave-metrics-server.enclave-system.svc.cluster.local");
    }

    @Test
    void listensWhereTheServiceAndThePolicySendTo() {
        Rendered rendered = Chart.render("metricsServer: {port: 4443}");
        Object port =
                Rendered.list(Rendered.container(rendered.get("Deployment " + SERVER)), "ports")
                        .get(0);
        Object servicePort =
                Rendered.list(rendered.get("Service " + SERVER), "spec", "ports").get(0);
        Object ingress =
                Rendered.list(rendered.get("NetworkPolicy " + SERVER), "spec", "ingress").get(0);

        assertThat(rendered.arguments(SERVER)).contains("--port=4443");
        assertThat(Rendered.text(port, "containerPort")).isEqualTo("4443");
        assertThat(Rendered.text(servicePort, "targetPort")).isEqualTo(Rendered.text(port, "name"));
        assertThat(Rendered.text(Rendered.list(ingress, "ports").get(0), "port")).isEqualTo("4443");
    }

    @Test
    void givesTheOtherServerATokenOfAnAccountOfItsOwn() {
        assertThat(
                        Chart.render("metricsServer: {fallback: {service: 'a/b:443'}}")
                                .arguments(SERVER))
                .contains("--fallback-account=enclave-system/" + SERVER + "-fallback")
                .noneMatch(argument -> argument.startsWith("--fallback-token-audience"));
        assertThat(
                        Chart.render(
                                        "metricsServer: {fallback: {service: 'a/b:443',"
                                                + " tokenAudience: other}}")
                                .arguments(SERVER))
                .contains("--fallback-token-audience=other");
        assertThat(
                        Chart.render(
                                        "metricsServer: {fallback: {service: 'a/b:443', insecure:"
                                                + " true}}")
                                .arguments(SERVER))
                .noneMatch(argument -> argument.startsWith("--fallback-account"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, "enclave-metrics-webhook"})
    void isNeverGoneInAnUpgrade(String deployment) {
        Object object = Chart.defaults().get("Deployment " + deployment);
        Object container = Rendered.container(object);

        assertThat(Rendered.text(object, "spec", "strategy", "rollingUpdate"))
                .isEqualTo("{maxUnavailable=0, maxSurge=1}");
        assertThat(Rendered.text(container, "lifecycle", "preStop", "sleep", "seconds"))
                .isEqualTo("5");
        assertThat(Rendered.text(container, "readinessProbe", "httpGet"))
                .isEqualTo("{path=/readyz, port=https, scheme=HTTPS}");
        assertThat(Rendered.text(container, "livenessProbe", "httpGet", "path"))
                .isEqualTo("/livez");
    }

    /** On the host network, a new pod finds no free port on the node of the old one. */
    @ParameterizedTest
    @ValueSource(strings = {SERVER, "enclave-metrics-webhook"})
    void makesRoomFirstInAnUpgradeOnTheNodesNetwork(String deployment) {
        Object object = Variant.EVERYTHING.render().get("Deployment " + deployment);

        assertThat(Rendered.text(object, "spec", "strategy", "rollingUpdate"))
                .isEqualTo("{maxUnavailable=1, maxSurge=0}");
    }

    /** With one replica, a budget would block the draining of its node forever. */
    @Test
    void hasABudgetFromTwoReplicasOn() {
        assertThat(Variant.ONE_REPLICA.render().ofKind("PodDisruptionBudget")).isEmpty();
        assertThat(Variant.TWO_REPLICAS.render().ofKind("PodDisruptionBudget"))
                .hasSize(2)
                .allMatch(budget -> Rendered.text(budget, "spec", "minAvailable").equals("1"));
    }

    @Test
    void spreadsOverNodes() {
        Object pod = Rendered.podSpec(Chart.defaults().get("Deployment " + SERVER));
        List<Object> terms =
                Rendered.list(
                        pod,
                        "affinity",
                        "podAntiAffinity",
                        "preferredDuringSchedulingIgnoredDuringExecution");

        assertThat(terms).hasSize(1);
        assertThat(Rendered.text(terms.get(0), "podAffinityTerm", "topologyKey"))
                .isEqualTo("kubernetes.io/hostname");
    }

    @Test
    void spreadsItsOwnPodsOverZones() {
        Object pod = Rendered.podSpec(Variant.EVERYTHING.render().get("Deployment " + SERVER));

        assertThat(Rendered.list(pod, "topologySpreadConstraints"))
                .singleElement()
                .extracting(c -> Rendered.text(c, "labelSelector", "matchLabels"))
                .asString()
                .contains("app.kubernetes.io/component=metrics-server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "enclave-metrics",
                "a-release-with-a-name-of-fifty-three-characters-yes53"
            })
    void isNamedAfterTheRelease(String release) {
        Rendered rendered = Chart.render(release, "");

        assertThat(rendered.ofKind("Service"))
                .hasSize(2)
                .allSatisfy(
                        service ->
                                assertThat(Rendered.text(service, "metadata", "name"))
                                        .startsWith(
                                                release.substring(
                                                        0, Math.min(40, release.length())))
                                        .hasSizeLessThanOrEqualTo(63));
    }

    @Test
    void takesImagesFromAnotherRegistryAndByDigest() {
        Rendered rendered = Variant.EVERYTHING.render();

        assertThat(Rendered.text(Rendered.container(rendered.get("Deployment " + SERVER)), "image"))
                .isEqualTo(
                        "registry.example/mirror/enclave-metrics/metrics-server@sha256:"
                            + "0123456789012345678901234567890123456789012345678901234567890123");
        assertThat(rendered.arguments("enclave-metrics-webhook"))
                .contains("--sidecar-image=registry.example/mirror/enclave-metrics/launcher:0.1.0");
    }
}
