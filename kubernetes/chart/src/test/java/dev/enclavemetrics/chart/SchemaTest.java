package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Values that make no sense are refused before anything is sent to a cluster. */
class SchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    metricsServer: {port: 99999}                            | metricsServer.port
                    metricsServer: {port: '10250'}                          | metricsServer.port
                    metricsServer: {replicas: 0}                            | metricsServer.replicas
                    metricsServer: {enabled: maybe}                         | metricsServer.enabled
                    metricsServer: {scrapeInterval: 15}                     | metricsServer.scrapeInterval
                    metricsServer: {scrapeInterval: 15 seconds}             | metricsServer.scrapeInterval
                    metricsServer: {fallback: {service: prometheus}}        | metricsServer.fallback.service
                    metricsServer: {tls: {ca: LS0t}}                        | metricsServer.tls.ca
                    metricsServer: {image: {tag: 'a b'}}                    | metricsServer.image.tag
                    metricsServer: {image: {digest: abc}}                   | metricsServer.image.digest
                    metricsServer: {extraArgs: [port=1]}                    | metricsServer.extraArgs
                    metricServer: {enabled: false}                          | metricServer
                    webhook: {hpa: {failurePolicy: Fail}}                   | hpa
                    webhook: {pods: {failurePolicy: fail}}                  | webhook.pods.failurePolicy
                    webhook: {timeoutSeconds: 31}                           | webhook.timeoutSeconds
                    webhook: {onUntranslatable: ignore}                     | webhook.onUntranslatable
                    webhook: {sidecar: {seccompProfile: ../x}}              | webhook.sidecar.seccompProfile
                    webhook: {sidecar: {seccompProfile: /x}}                | webhook.sidecar.seccompProfile
                    webhook: {sidecar: {nitroCli: nitro-cli}}               | webhook.sidecar.nitroCli
                    webhook: {sidecar: {resources: {limits: {cpu: lots}}}}  | webhook.sidecar.resources.limits.cpu
                    tls: {type: helm}                                       | tls.type
                    networkPolicy: {apiServerPorts: []}                     | networkPolicy.apiServerPorts
                    fullnameOverride: Enclave_Metrics                       | fullnameOverride
                    """)
    void refuses(String values, String named) {
        assertThatThrownBy(() -> Chart.render(values))
                .asString()
                .satisfies(text -> assertThat(text.replace('/', '.')).contains(named));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    tls: {type: secret} | metricsServer.tls.secretName must name a Secret with tls.crt and tls.key while tls.type is secret, found none; give it, or set tls.type to self or cert-manager
                    {tls: {type: secret}, metricsServer: {tls: {secretName: s}}} | metricsServer.tls.ca must hold the certificate authority of s as PEM while tls.type is secret, found none; give it with --set-file metricsServer.tls.ca=ca.crt
                    {tls: {type: secret}, metricsServer: {enabled: false}} | webhook.tls.secretName must name a Secret
                    webhook: {tls: {secretName: s}} | webhook.tls must be empty while tls.type is self, found a Secret or an authority; set tls.type to secret, or leave both out
                    metricsServer: {hostNetwork: true} | metricsServer.port must be free on the nodes while metricsServer.hostNetwork is true, found 10250, the kubelet's; set another, such as 10260
                    metricsServer: {fallback: {insecure: true}} | metricsServer.fallback.service must be given with fallback.ca or fallback.insecure, found none
                    metricsServer: {fallback: {service: 'a/b:443', insecure: true, ca: '-----BEGIN CERTIFICATE-----'}} | metricsServer.fallback.ca and metricsServer.fallback.insecure must not be given together, found both; leave one out
                    webhook: {hpas: {enabled: false}, pods: {enabled: false}} | webhook.hpas.enabled or webhook.pods.enabled must be true while webhook.enabled is, found neither; set one, or webhook.enabled=false
                    """)
    void refusesWhatDoesNotGoTogetherAndSaysWhatToDo(String values, String message) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(message);
    }

    @Test
    void knowsEveryValueAndNoOther() {
        Set<String> paths =
                ValuesFile.values().stream()
                        .map(ValuesFile.Value::path)
                        .collect(Collectors.toCollection(TreeSet::new));
        Object schema =
                Objects.requireNonNull(
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Chart.read("values.schema.json")));
        Set<String> known = new TreeSet<>();
        collect(schema, schema, "", paths, known);

        assertThat(known).isEqualTo(paths);
    }

    /** The paths in a schema, no deeper than where values.yaml has a value. */
    private static void collect(
            Object root, Object schema, String path, Set<String> leaves, Set<String> known) {
        Object found = schema;
        if (Rendered.at(schema, "$ref") instanceof String ref) {
            found = Objects.requireNonNull(Rendered.at(root, ref.substring(2).split("/")));
        }
        if (Rendered.at(found, "properties") instanceof Map<?, ?> properties
                && !leaves.contains(path)) {
            for (Map.Entry<?, ?> property : properties.entrySet()) {
                String below = path.isEmpty() ? "" : path + ".";
                collect(root, property.getValue(), below + property.getKey(), leaves, known);
            }
        } else if (!path.equals("global")) { // Helm's own
            known.add(path);
        }
    }
}
