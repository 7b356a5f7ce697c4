package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Invalid values must be rejected before anything is sent to a cluster. */
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
                    nameOverride: Foo_Bar                                   | nameOverride
                    clusterDomain: Foo_Bar                                  | clusterDomain
                    commonLabels: {team: a b}                               | commonLabels.team
                    commonLabels: {team: true}                              | commonLabels.team
                    commonLabels: {app.kubernetes.io/name: x}               | app.kubernetes.io.name
                    webhook: {podLabels: {version: 1.10}}                   | webhook.podLabels.version
                    webhook: {image: {tag: 1.10}}                           | webhook.image.tag
                    webhook: {excludedNamespaces: [Foo_Bar]}                | webhook.excludedNamespaces
                    webhook: {sidecar: {seccompProfile: RuntimeDefault}}    | webhook.sidecar.seccompProfile
                    webhook: {sidecar: {nitroCli: /usr/../nitro-cli}}       | webhook.sidecar.nitroCli
                    webhook: {sidecar: {nitroSockets: /}}                   | webhook.sidecar.nitroSockets
                    webhook: {sidecar: {resources: {limits: {memory: 384MB}}}} | webhook.sidecar.resources.limits.memory
                    metricsServer: {resources: {limits: {memory: 384MB}}}   | metricsServer.resources.limits.memory
                    metricsServer: {priorityClassName: Foo_Bar}             | metricsServer.priorityClassName
                    metricsServer: {fallback: {service: https://}}          | metricsServer.fallback.service
                    metricsServer: {tolerations: [x]}                       | metricsServer.tolerations
                    tls: {certManager: {issuerRef: {kind: ClusterIssuer}}}  | tls.certManager.issuerRef
                    tls: {certManager: {issuerRef: {name: ''}}}             | tls.certManager.issuerRef.name
                    tls: {certManager: {duration: 0s}}                      | tls.certManager.duration
                    podMonitor: {interval: 0s}                              | podMonitor.interval
                    image: {pullSecrets: [{name: Foo_Bar}]}                 | image.pullSecrets
                    seccomp: {kubeletFolder: /}                             | seccomp.kubeletFolder
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
                    metricsServer: {fallback: {insecure: true}} | metricsServer.fallback.service must be given with fallback.ca, fallback.insecure or fallback.tokenAudience, found none
                    metricsServer: {fallback: {service: 'a/b:443', insecure: true, tokenAudience: a}} | metricsServer.fallback.tokenAudience and metricsServer.fallback.insecure must not be given together, found both; remove one
                    metricsServer: {fallback: {service: 'a/b:443', insecure: true, ca: '-----BEGIN CERTIFICATE-----'}} | metricsServer.fallback.ca and metricsServer.fallback.insecure must not be given together, found both; remove one
                    metricsServer: {scrapeInterval: 0s} | metricsServer.scrapeInterval must be from 1s to 10m, found 0s; leave it out for 15s
                    metricsServer: {scrapeInterval: 11m} | metricsServer.scrapeInterval must be from 1s to 10m, found 11m
                    metricsServer: {scrapeInterval: 3s} | metricsServer.scrapeTimeout must be less than metricsServer.scrapeInterval, found 3s and 3s; lower the first or raise the second
                    metricsServer: {scrapeInterval: 1000ms, scrapeTimeout: 1s} | found 1s and 1000ms
                    metricsServer: {scrapeTimeout: 99ms} | metricsServer.scrapeTimeout must be from 100ms to 60s, found 99ms
                    metricsServer: {warmUp: 2h} | metricsServer.warmUp must be from 0s to 1h, found 2h
                    metricsServer: {fallback: {service: 'a/b:99999'}} | metricsServer.fallback.service must have a port from 1 to 65535, found a/b:99999; correct it
                    metricsServer: {hostNetwork: true, port: 443} | metricsServer.port must be 1024 or more while metricsServer.hostNetwork is true, found 443
                    {metricsServer: {hostNetwork: true, port: 10260}, webhook: {hostNetwork: true, port: 10260}} | metricsServer.port and webhook.port must differ while both are on the nodes' network, found 10260 for both
                    {metricsServer: {hostNetwork: true, port: 10260}, networkPolicy: {launchers: {namespaces: [apps]}}} | networkPolicy.launchers.from must name the nodes while metricsServer.hostNetwork is true, found none
                    webhook: {sidecar: {resources: {requests: {memory: 256Mi}}}} | webhook.sidecar.resources.requests.memory must not be above its limit, found 256Mi above 128Mi; raise the limit, or lower the request
                    webhook: {sidecar: {resources: {requests: {cpu: 1}, limits: {cpu: 999m}}}} | requests.cpu must not be above its limit, found 1 above 999m
                    webhook: {sidecar: {resources: {requests: {cpu: none, memory: none}}}} | webhook.sidecar.resources.requests must have cpu or memory, found none for both
                    metricsServer: {resources: {requests: {memory: 1Gi}}} | metricsServer.resources.requests.memory must not be above its limit, found 1Gi above 384Mi
                    image: {registry: ''} | image.registry must name the registry that has the images, found none; give it with --set image.registry=REGISTRY, or set metricsServer.image.digest, or a repository that begins with a registry, found enclave-metrics/metrics-server
                    {image: {registry: ''}, metricsServer: {enabled: false}, webhook: {image: {repository: localhost/webhook}}} | or set webhook.sidecar.image.digest
                    webhook: {hpas: {enabled: false}, pods: {enabled: false}} | webhook.hpas.enabled or webhook.pods.enabled must be true while webhook.enabled is, found neither; set one, or webhook.enabled=false
                    """)
    void refusesWhatDoesNotGoTogetherAndSaysWhatToDo(String values, String message) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(message);
    }

    /** A digest identifies the same image in every registry. */
    @Test
    void takesImagesWithoutARegistryByDigestOrWithOneInTheirName() {
        String digest = "sha256:" + "0".repeat(64);
        Rendered rendered =
                Chart.render(
                        """
                        image: {registry: ""}
                        metricsServer: {image: {digest: "%1$s"}}
                        webhook: {image: {repository: registry.example/enclave-metrics/webhook}, sidecar: {image: {digest: "%1$s"}}}
                        """
                                .formatted(digest));

        assertThat(rendered.arguments("enclave-metrics-webhook"))
                .contains("--sidecar-image=enclave-metrics/launcher@" + digest);
        assertThat(
                        Rendered.text(
                                Rendered.container(
                                        rendered.get("Deployment enclave-metrics-webhook")),
                                "image"))
                .isEqualTo("registry.example/enclave-metrics/webhook:0.1.0");
    }

    /** Numbers as users write them, and as {@code --set} passes them. */
    @Test
    void takesWholeNumbersForTextsAndQuantities() {
        Rendered rendered =
                Chart.render(
                        """
                        commonLabels: {cost: 12345678}
                        metricsServer: {image: {tag: 20261125}, podAnnotations: {n: 1}, resources: {limits: {cpu: 1, memory: 402653184}}}
                        webhook:
                          podLabels: {team: 42, cost: 7}
                          nodeSelector: {zone: 1}
                          sidecar:
                            image: {tag: 20261125}
                            resources: {requests: {cpu: 0.25, memory: 67108864}, limits: {cpu: 1, memory: 134217728}}
                        """);
        List<String> arguments = rendered.arguments("enclave-metrics-webhook");
        Object server = rendered.get("Deployment enclave-metrics-server");
        Object template =
                Rendered.at(rendered.get("Deployment enclave-metrics-webhook"), "spec", "template");

        assertThat(arguments)
                .contains(
                        "--sidecar-image=registry.example/enclave-metrics/launcher:20261125",
                        "--sidecar-cpu-request=250m",
                        "--sidecar-cpu-limit=1",
                        "--sidecar-memory-request=67108864",
                        "--sidecar-memory-limit=134217728");
        assertThat(Rendered.text(Rendered.container(server), "image"))
                .isEqualTo("registry.example/enclave-metrics/metrics-server:20261125");
        assertThat(Rendered.at(server, "metadata", "labels", "cost")).isEqualTo("12345678");
        assertThat(Rendered.at(template, "metadata", "labels", "team")).isEqualTo("42");
        assertThat(Rendered.at(template, "metadata", "labels", "cost")).isEqualTo("7");
        assertThat(Rendered.at(template, "spec", "nodeSelector", "zone")).isEqualTo("1");
    }

    /** In Helm, null removes the default. */
    @ParameterizedTest
    @MethodSource
    void saysWhatIsMissingWhereAValueIsNull(String path) {
        String[] keys = path.split("\\.");
        String values =
                Arrays.stream(keys).map(key -> "{" + key + ": ").collect(Collectors.joining())
                        + "null"
                        + "}".repeat(keys.length);
        String last = keys[keys.length - 1];
        try {
            assertThat(Chart.render(values).text()).doesNotContain("<nil>", "<no value>");
        } catch (RuntimeException e) {
            assertThat(e).message().containsAnyOf("'" + last + "'", path + " must ");
        }
    }

    static Stream<String> saysWhatIsMissingWhereAValueIsNull() {
        Set<String> paths = new TreeSet<>();
        for (ValuesFile.Value value : ValuesFile.values()) {
            for (int end = value.path().length();
                    end > 0;
                    end = value.path().lastIndexOf('.', end - 1)) {
                paths.add(value.path().substring(0, end));
            }
        }
        return paths.stream();
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

    /** Collects the paths of a schema, no deeper than the values in values.yaml. */
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
        } else if (!path.equals("global") && !path.equals("enabled")) { // Helm's own
            known.add(path);
        }
    }
}
