package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPoliciesTest {

    private static final String CONTROL_PLANE =
            """
            networkPolicy:
              ingressFrom: [{ipBlock: {cidr: 10.0.0.0/28}}]
              apiServerAddresses: [10.0.0.0/28, "fd00::/64"]
            """;

    @ParameterizedTest
    @ValueSource(strings = {"enclave-metrics-server", "enclave-metrics-webhook"})
    void areOpenToEveryoneUnlessTheControlPlaneIsKnown(String name) {
        Object open = Chart.defaults().get("NetworkPolicy " + name);
        Object closed = Chart.render(CONTROL_PLANE).get("NetworkPolicy " + name);

        assertThat(Rendered.at(first(open, "ingress"), "from")).isNull();
        assertThat(Rendered.at(first(open, "egress"), "to")).isNull();
        assertThat(Rendered.text(first(closed, "ingress"), "from"))
                .isEqualTo("[{ipBlock={cidr=10.0.0.0/28}}]");
        assertThat(Rendered.text(first(closed, "egress"), "to"))
                .isEqualTo("[{ipBlock={cidr=10.0.0.0/28}}, {ipBlock={cidr=fd00::/64}}]");
    }

    @Test
    void closeTheLaunchersPortOnlyAndOnlyWhereTheyAreAskedTo() {
        Rendered rendered =
                Chart.render(
                        """
                        networkPolicy:
                          launchers:
                            namespaces: [apps]
                            from: [{namespaceSelector: {matchLabels: {team: monitoring}}}]
                        """);
        Object policy = rendered.get("NetworkPolicy enclave-metrics-launchers");
        List<Object> rules = Rendered.list(policy, "spec", "ingress");

        assertThat(Chart.defaults().has("NetworkPolicy enclave-metrics-launchers")).isFalse();
        assertThat(Rendered.text(policy, "metadata", "namespace")).isEqualTo("apps");
        assertThat(Rendered.text(policy, "spec", "policyTypes")).isEqualTo("[Ingress]");
        assertThat(Rendered.text(rules.get(0), "ports"))
                .isEqualTo(
                        "[{port=1, endPort=59089, protocol=TCP}, {port=59091, endPort=65535,"
                                + " protocol=TCP}, {protocol=UDP}]");
        assertThat(Rendered.at(rules.get(0), "from")).isNull();
        assertThat(Rendered.text(rules.get(1), "ports")).isEqualTo("[{port=59090, protocol=TCP}]");
        assertThat(Rendered.list(rules.get(1), "from")).hasSize(2);
        assertThat(Rendered.text(rules.get(1), "from"))
                .contains("app.kubernetes.io/component=metrics-server", "team=monitoring");
    }

    private static Object first(Object policy, String direction) {
        return Rendered.list(policy, "spec", direction).get(0);
    }
}
