package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {

    private static final String SERVER = "enclave-metrics-server";
    private static final String WEBHOOK = "enclave-metrics-webhook";

    @Test
    void isMadeByTheProcessesThemselves() {
        Rendered rendered = Chart.defaults();

        assertThat(rendered.arguments(SERVER))
                .contains(
                        "--tls-secret=enclave-metrics-server-self-signed",
                        "--tls-ca-bundle-into-api-services=true");
        assertThat(rendered.arguments(WEBHOOK))
                .contains(
                        "--tls-secret=enclave-metrics-webhook-self-signed",
                        "--webhook-configuration=enclave-metrics-webhook");
        assertThat(bundles(rendered)).containsOnlyNulls().hasSize(5);
    }

    /** Each upgrade would overwrite the Secrets with rendered content. */
    @Test
    void bringsTheProcessesSecretsEmpty() {
        assertThat(Chart.defaults().ofKind("Secret"))
                .hasSize(2)
                .allSatisfy(
                        secret -> {
                            assertThat(Rendered.at(secret, "data")).isNull();
                            assertThat(Rendered.at(secret, "stringData")).isNull();
                            assertThat(Rendered.text(secret, "type")).isEqualTo("Opaque");
                        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CERT_MANAGER", "CERT_MANAGER_WITH_ITS_ISSUER", "EXISTING_SECRETS"})
    void isReadFromFilesOtherwise(Variant variant) {
        Rendered rendered = variant.render();

        assertThat(rendered.ofKind("Secret")).isEmpty();
        for (String deployment : List.of(SERVER, WEBHOOK)) {
            assertThat(rendered.arguments(deployment))
                    .contains(
                            "--tls-cert-file=/etc/enclave-metrics/tls/tls.crt",
                            "--tls-key-file=/etc/enclave-metrics/tls/tls.key")
                    .noneMatch(argument -> argument.startsWith("--tls-secret"))
                    .noneMatch(argument -> argument.startsWith("--webhook-configuration"))
                    .noneMatch(argument -> argument.startsWith("--tls-ca-bundle"));
            assertThat(secretName(rendered, deployment))
                    .isEqualTo(
                            variant == Variant.EXISTING_SECRETS
                                    ? deployment.substring("enclave-metrics-".length()) + "-tls"
                                    : deployment + "-tls");
        }
    }

    @Test
    void isTrustedByTheAuthorityThatTheValuesHold() {
        assertThat(bundles(Variant.EXISTING_SECRETS.render()).map(TlsTest::decoded))
                .containsExactlyInAnyOrder(
                        "-----BEGIN CERTIFICATE-----\nA\n",
                        "-----BEGIN CERTIFICATE-----\nA\n",
                        "-----BEGIN CERTIFICATE-----\nB\n",
                        "-----BEGIN CERTIFICATE-----\nB\n",
                        "-----BEGIN CERTIFICATE-----\nB\n");
    }

    @Test
    void isTrustedByTheAuthorityThatCertManagerInjects() {
        Rendered rendered = Variant.CERT_MANAGER.render();

        assertThat(bundles(rendered)).containsOnlyNulls();
        assertThat(
                        Stream.concat(
                                        rendered.ofKind("APIService"),
                                        rendered.ofKind("MutatingWebhookConfiguration"))
                                .map(
                                        object ->
                                                Rendered.text(
                                                        object,
                                                        "metadata",
                                                        "annotations",
                                                        "cert-manager.io/inject-ca-from")))
                .containsExactlyInAnyOrder(
                        "enclave-system/enclave-metrics-server-tls",
                        "enclave-system/enclave-metrics-server-tls",
                        "enclave-system/enclave-metrics-webhook-tls");
    }

    /** Checks cert-manager's objects, which Kubernetes' models do not include. */
    @Test
    void asksCertManagerForCertificates() {
        Rendered rendered = Variant.CERT_MANAGER.render();

        assertThat(rendered.names())
                .contains(
                        "Issuer enclave-metrics-root",
                        "Certificate enclave-metrics-ca",
                        "Issuer enclave-metrics-ca");
        assertThat(Rendered.text(rendered.get("Certificate enclave-metrics-webhook-tls"), "spec"))
                .isEqualTo(
                        "{secretName=enclave-metrics-webhook-tls,"
                                + " dnsNames=[enclave-metrics-webhook.enclave-system.svc,"
                                + " enclave-metrics-webhook.enclave-system.svc.cluster.local],"
                                + " duration=2160h, usages=[digital signature, server auth],"
                                + " privateKey={algorithm=ECDSA, size=256, encoding=PKCS8,"
                                + " rotationPolicy=Always}, issuerRef={group=cert-manager.io,"
                                + " kind=Issuer, name=enclave-metrics-ca}}");
    }

    @Test
    void makesNoAuthorityWhereThereIsAnIssuer() {
        Rendered rendered = Variant.CERT_MANAGER_WITH_ITS_ISSUER.render();

        assertThat(rendered.ofKind("Issuer")).isEmpty();
        assertThat(rendered.ofKind("Certificate"))
                .hasSize(2)
                .allMatch(c -> Rendered.text(c, "spec", "issuerRef", "name").equals("corporate"));
    }

    private static Stream<Object> bundles(Rendered rendered) {
        return Stream.concat(
                        rendered.ofKind("APIService")
                                .map(api -> Objects.requireNonNull(Rendered.at(api, "spec"))),
                        rendered.ofKind("MutatingWebhookConfiguration")
                                .flatMap(c -> Rendered.list(c, "webhooks").stream())
                                .map(w -> Objects.requireNonNull(Rendered.at(w, "clientConfig"))))
                .map(part -> Rendered.at(part, "caBundle"));
    }

    private static String decoded(Object base64) {
        return new String(Base64.getDecoder().decode(base64.toString()), StandardCharsets.UTF_8);
    }

    private static String secretName(Rendered rendered, String deployment) {
        Object pod = Rendered.podSpec(rendered.get("Deployment " + deployment));
        return Rendered.text(Rendered.list(pod, "volumes").get(0), "secret", "secretName");
    }
}
