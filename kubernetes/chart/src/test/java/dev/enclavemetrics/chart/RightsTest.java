package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service accounts must have exactly the permissions that their processes need. */
class RightsTest {

    private static final String SERVER = "enclave-metrics-server";
    private static final String FALLBACK = SERVER + "-fallback";
    private static final String WEBHOOK = "enclave-metrics-webhook";

    private static final List<String> OF_THE_SERVER =
            List.of(
                    "list,watch pods",
                    "get services",
                    "get deployments.apps,statefulsets.apps",
                    "create events",
                    "ClusterRole system:auth-delegator",
                    "Role extension-apiserver-authentication-reader");

    @Test
    void letTheServerWriteItsOwnCertificateAndItsOwnApiServices() {
        assertThat(Rights.of(Chart.defaults(), SERVER))
                .containsExactlyInAnyOrderElementsOf(
                        with(
                                OF_THE_SERVER,
                                "get,patch apiservices.apiregistration.k8s.io"
                                        + " [v1beta1.custom.metrics.k8s.io,"
                                        + " v1beta2.custom.metrics.k8s.io]",
                                "get,update,patch secrets [enclave-metrics-server-self-signed]"));
    }

    @Test
    void letTheServerWriteNothingButEventsWithCertManager() {
        assertThat(Rights.of(Variant.CERT_MANAGER.render(), SERVER))
                .containsExactlyInAnyOrderElementsOf(OF_THE_SERVER);
    }

    /** The other server sees the token of this account, and could use it. */
    @Test
    void letTheAccountOfTheFallbackReadCustomMetricsOnly() {
        assertThat(Rights.of(Variant.EVERYTHING.render(), FALLBACK))
                .containsExactly("get *.custom.metrics.k8s.io");
        assertThat(
                        Rendered.text(
                                Variant.EVERYTHING.render().get("ServiceAccount " + FALLBACK),
                                "automountServiceAccountToken"))
                .isEqualTo("false");
    }

    @Test
    void letTheServerCreateTokensOfThatAccountOnly() {
        Rendered rendered = Variant.EVERYTHING.render();

        assertThat(Rights.of(rendered, SERVER))
                .containsExactlyInAnyOrderElementsOf(
                        with(
                                Rights.of(Chart.defaults(), SERVER),
                                "create serviceaccounts/token [" + FALLBACK + "]"));
        assertThat(Rights.of(rendered.get("Role " + FALLBACK))).as("in its namespace").hasSize(1);
    }

    @Test
    void areNotNeededForAFallbackWithoutAToken() {
        Rendered rendered = Variant.BARE.render();

        assertThat(rendered.names()).noneMatch(name -> name.endsWith(FALLBACK));
        assertThat(Rights.of(rendered, SERVER)).isSubsetOf(Rights.of(Chart.defaults(), SERVER));
    }

    @Test
    void letTheServerCreateNoEventsThatNobodyWants() {
        assertThat(Rights.of(Variant.BARE.render(), SERVER)).doesNotContain("create events");
    }

    @Test
    void letTheWebhookWriteItsOwnCertificateAndItsOwnConfiguration() {
        assertThat(Rights.of(Chart.defaults(), WEBHOOK))
                .containsExactlyInAnyOrder(
                        "get,patch mutatingwebhookconfigurations.admissionregistration.k8s.io"
                                + " [enclave-metrics-webhook]",
                        "get,update,patch secrets [enclave-metrics-webhook-self-signed]");
    }

    @ParameterizedTest
    @EnumSource(names = {"CERT_MANAGER", "EXISTING_SECRETS"})
    void giveTheWebhookNoneAndNoTokenWhereOthersMakeItsCertificate(Variant variant) {
        Rendered rendered = variant.render();

        assertThat(Rights.of(rendered, WEBHOOK)).isEmpty();
        assertThat(
                        Rendered.text(
                                Rendered.podSpec(rendered.get("Deployment " + WEBHOOK)),
                                "automountServiceAccountToken"))
                .isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, WEBHOOK})
    void letEachAccountThatMayPatchChangeTheCaBundleOnly(String account) {
        Object policy = Chart.defaults().get("ValidatingAdmissionPolicy " + account + "-ca-bundle");

        assertThat(Rendered.text(policy, "spec", "failurePolicy")).isEqualTo("Fail");
        assertThat(String.valueOf(Rendered.at(policy, "spec", "matchConditions")))
                .contains("'system:serviceaccount:enclave-system:" + account + "'");
        assertThat(Rendered.list(policy, "spec", "validations")).hasSize(3);
        assertThat(
                        Rendered.at(
                                Chart.defaults()
                                        .get(
                                                "ValidatingAdmissionPolicyBinding "
                                                        + account
                                                        + "-ca-bundle"),
                                "spec",
                                "validationActions"))
                .isEqualTo(List.of("Deny"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CERT_MANAGER", "EXISTING_SECRETS"})
    void needNoPolicyWhereTheyMayNotPatch(Variant variant) {
        assertThat(variant.render().names()).noneMatch(name -> name.endsWith("-ca-bundle"));
    }

    @Test
    void letPeopleWithTheRoleViewReadTheMetrics() {
        Object reader = Chart.defaults().get("ClusterRole enclave-metrics-reader");

        assertThat(
                        Rendered.text(
                                reader,
                                "metadata",
                                "labels",
                                "rbac.authorization.k8s.io/aggregate-to-view"))
                .isEqualTo("true");
        assertThat(Rights.of(reader))
                .singleElement()
                .asString()
                .startsWith("get pods/nitro_enclave_cpu_usage.custom.metrics.k8s.io,")
                .contains(
                        "pods/nitro_enclave_memory_usage.custom.metrics.k8s.io",
                        "services/nitro_enclave_cpu_usage_average.custom.metrics.k8s.io",
                        "deployments.apps/nitro_enclave_memory_usage_maximum.custom.metrics.k8s.io",
                        "pods/enclave_status.custom.metrics.k8s.io");
    }

    private static List<String> with(List<String> list, String... more) {
        return Stream.concat(list.stream(), Stream.of(more)).toList();
    }
}
