package dev.enclavemetrics.webhook.pod;

import static dev.enclavemetrics.webhook.admission.TestObjects.message;
import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Patched;
import dev.enclavemetrics.webhook.admission.TestObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PodAdmissionTest {

    private static final String POD =
            """
            metadata:
              generateName: nginx-5d4f-
              labels: {app: nginx, nitro.k8s.anjuna.io/managed: "yes"}
              annotations: {%s}
            spec:
              containers:
              - name: nginx
                image: nginx:latest
                ports: [{containerPort: 80}]
            """;

    private final PodAdmission admission = new PodAdmission(TestSidecars.settings());

    private static ObjectNode pod(String annotations) {
        return yaml(POD.formatted(annotations));
    }

    private static ObjectNode podWith(String spec) {
        ObjectNode pod = pod("enclave-metrics.dev/enclave: 'vsock:16:59090'");
        ((ObjectNode) pod.path("spec")).setAll(yaml(spec));
        return pod;
    }

    private AdmissionResponse verdict(JsonNode pod) {
        return admission.admit(
                new AdmissionRequest("Pod", false, pod, pod.path("none"), "shop", false));
    }

    private JsonNode admitted(JsonNode pod) {
        return Patched.apply(pod, verdict(pod).operations());
    }

    @Test
    void addsANativeSidecar() {
        JsonNode pod = admitted(pod("enclave-metrics.dev/enclave: 'vsock:16:59090'"));
        assertThat(pod.path("spec"))
                .isEqualTo(
                        yaml(
                                """
                                volumes:
                                - name: enclave-metrics-podinfo
                                  downwardAPI:
                                    items:
                                    - path: annotations
                                      fieldRef: {fieldPath: metadata.annotations}
                                containers:
                                - name: nginx
                                  image: nginx:latest
                                  ports: [{containerPort: 80}]
                                initContainers:
                                - name: enclave-metrics
                                  image: registry.example/launcher:1
                                  imagePullPolicy: IfNotPresent
                                  args:
                                  - --enclave=vsock:16:59090
                                  - --pod-annotations=/etc/podinfo/annotations
                                  ports:
                                  - {name: enclave-metrics, containerPort: 59090, protocol: TCP}
                                  resources:
                                    requests: {cpu: 10m, memory: 64Mi}
                                    limits: {memory: 128Mi}
                                  restartPolicy: Always
                                  livenessProbe:
                                    httpGet: {path: /livez, port: enclave-metrics}
                                    initialDelaySeconds: 10
                                    periodSeconds: 10
                                    timeoutSeconds: 5
                                    failureThreshold: 6
                                  securityContext:
                                    runAsNonRoot: true
                                    runAsUser: 65532
                                    runAsGroup: 65532
                                    readOnlyRootFilesystem: true
                                    allowPrivilegeEscalation: false
                                    capabilities: {drop: [ALL]}
                                    seccompProfile:
                                      type: Localhost
                                      localhostProfile: enclave-metrics/launcher.json
                                  volumeMounts:
                                  - name: enclave-metrics-podinfo
                                    mountPath: /etc/podinfo
                                    readOnly: true
                                  - name: enclave-metrics-podinfo
                                    mountPath: /var/run/secrets/kubernetes.io/serviceaccount
                                    readOnly: true
                                """));
    }

    @Test
    void addsAContainerWhereTheClusterHasNoNativeSidecars() {
        PodAdmission older = new PodAdmission(TestSidecars.older());
        ObjectNode pod = pod("");
        ((ObjectNode) pod.path("spec")).put("restartPolicy", "Never");
        AdmissionResponse verdict = older.admit(AdmissionRequest.created("Pod", pod));
        JsonNode container = Patched.apply(pod, verdict.operations()).at("/spec/containers/1");
        assertThat(container.path("name").stringValue()).isEqualTo("enclave-metrics");
        assertThat(container.has("restartPolicy")).isFalse();
        assertThat(container.path("resources")).isEqualTo(yaml("requests: {cpu: 1m}"));
        assertThat(container.at("/securityContext/seccompProfile"))
                .isEqualTo(yaml("type: Unconfined"));
        assertThat(verdict.warnings()).singleElement().asString().contains("will not complete");
    }

    @Test
    void runsAfterTheInitContainersOfTheUser() {
        JsonNode pod = admitted(podWith("initContainers: [{name: first}]"));
        assertThat(pod.at("/spec/initContainers").valueStream().map(c -> c.get("name").asString()))
                .containsExactly("first", "enclave-metrics");
    }

    @Test
    void hasNothingToDoTheSecondTime() {
        JsonNode once = admitted(pod(""));
        assertThat(verdict(once)).isEqualTo(AdmissionResponse.allowed());
    }

    @Test
    void leavesAPodWithALauncherOfItsOwnAlone() {
        JsonNode pod =
                podWith(
                        "containers: [{name: l, ports: [{name: enclave-metrics, containerPort:"
                                + " 1}]}]");
        assertThat(verdict(pod)).isEqualTo(AdmissionResponse.allowed());
    }

    @Test
    void leavesPodsWithoutTheLabelAndUpdatesAlone() {
        assertThat(verdict(TestObjects.unlabelled(pod("")))).isEqualTo(AdmissionResponse.allowed());
        assertThat(admission.admit(AdmissionRequest.updated("Pod", pod(""), pod(""))))
                .isEqualTo(AdmissionResponse.allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "nitro.k8s.anjuna.io/metricsPort: '9091', 9091, ''",
        "anjuna.k8s.io/metricsPort: '9092', 9092, ''",
        "'nitro.k8s.anjuna.io/metricsPort: \"1\", anjuna.k8s.io/metricsPort: \"1\"', 1, ''",
        "'nitro.k8s.anjuna.io/metricsPort: \"65535\", anjuna.k8s.io/metricsPort: \"2\"', 65535,"
                + " 'Pod nginx-5d4f-*: nitro.k8s.anjuna.io/metricsPort=65535 overrides"
                + " anjuna.k8s.io/metricsPort=2; remove one'"
    })
    void takesThePortFromTheAnnotation(String annotations, int port, String warning) {
        ObjectNode pod = pod(annotations);
        assertThat(admitted(pod).at("/spec/initContainers/0/ports/0/containerPort").asInt())
                .isEqualTo(port);
        assertThat(String.join("", verdict(pod).warnings())).isEqualTo(warning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "99999", "-1", "+1", "", "http", "1e3", "9091 ", "٣"})
    void refusesABadPort(String port) {
        assertThat(message(verdict(pod("nitro.k8s.anjuna.io/metricsPort: '" + port + "'"))))
                .isEqualTo(
                        "Pod nginx-5d4f-* in namespace shop: annotation"
                                + " nitro.k8s.anjuna.io/metricsPort must be a port from 1 to 65535,"
                                + " found \""
                                + port
                                + "\"; correct it in the Pod template, or remove it for 59090");
    }

    @Test
    void refusesAPortThatIsTaken() {
        assertThat(message(verdict(pod("nitro.k8s.anjuna.io/metricsPort: '80'"))))
                .contains("port 80 must be free for the sidecar, found it in container nginx");
        JsonNode udp =
                podWith("containers: [{name: a, ports: [{containerPort: 59090, protocol: UDP}]}]");
        assertThat(verdict(udp).refusal()).isNull();
    }

    @Test
    void refusesAContainerOrVolumeOfItsOwnNames() {
        assertThat(message(verdict(podWith("containers: [{name: enclave-metrics}]"))))
                .contains("no container must have the sidecar's name enclave-metrics");
        assertThat(message(verdict(podWith("volumes: [{name: enclave-metrics-podinfo}]"))))
                .contains("must not have or mount a volume enclave-metrics-podinfo");
    }

    /** A mount of a volume that only the sidecar adds would get it writable, and unasked. */
    @ParameterizedTest
    @ValueSource(strings = {"containers", "initContainers"})
    void refusesAMountOfTheSidecarsVolumes(String containers) {
        JsonNode pod =
                podWith(
                        containers
                                + ": [{name: a, volumeMounts: [{name: enclave-metrics-podinfo,"
                                + " mountPath: /a}]}]");
        assertThat(message(verdict(pod)))
                .contains("must not have or mount a volume enclave-metrics-podinfo");
    }

    @Test
    void warnsOnTheHostNetwork() {
        assertThat(verdict(podWith("hostNetwork: true")).warnings())
                .containsExactly(
                        "Pod nginx-5d4f-*: hostNetwork: port 59090 is taken on the whole node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"os: {name: windows}", "nodeSelector: {kubernetes.io/os: windows}"})
    void leavesWindowsAlone(String spec) {
        assertThat(verdict(podWith(spec)).operations()).isEmpty();
        assertThat(verdict(podWith(spec)).warnings())
                .singleElement()
                .asString()
                .contains("Linux only");
    }

    @Test
    void addsAnnotationsForPrometheusUnlessTheUserHasAny() {
        PodAdmission scraped = new PodAdmission(TestSidecars.older());
        JsonNode pod = pod("anjuna.k8s.io/metricsPort: '9091'");
        AdmissionResponse verdict = scraped.admit(AdmissionRequest.created("Pod", pod));
        assertThat(Patched.apply(pod, verdict.operations()).path("metadata").path("annotations"))
                .isEqualTo(
                        yaml(
                                """
                                anjuna.k8s.io/metricsPort: "9091"
                                prometheus.io/scrape: "true"
                                prometheus.io/port: "9091"
                                prometheus.io/path: /metrics
                                """));
        JsonNode own = pod("prometheus.io/scrape: 'false'");
        assertThat(scraped.admit(AdmissionRequest.created("Pod", own)).operations().toString())
                .doesNotContain("prometheus.io");
    }

    @Test
    void namesAPodThatHasNoName() {
        ObjectNode pod = pod("enclave-metrics.dev/enclave: tcp");
        ((ObjectNode) pod.path("metadata")).remove("generateName");
        assertThat(message(verdict(pod))).startsWith("Pod without a name in namespace shop: ");
    }
}
