package dev.enclavemetrics.webhook.pod;

import static dev.enclavemetrics.webhook.admission.TestObjects.list;
import static dev.enclavemetrics.webhook.admission.TestObjects.message;
import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Patched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SidecarVolumesTest {

    private static final String PODINFO =
            "{name: enclave-metrics-podinfo, mountPath: /etc/podinfo, readOnly: true}";
    private static final String NO_TOKEN =
            "{name: enclave-metrics-podinfo, mountPath:"
                    + " /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true}";
    private static final String LOGS =
            "{name: enclave-metrics-nitro-logs, mountPath: /var/log/nitro_enclaves}";
    private static final String CLI =
            "{name: enclave-metrics-nitro-cli, mountPath: /usr/local/bin/nitro-cli, readOnly:"
                    + " true}";

    private final PodAdmission admission = new PodAdmission(TestSidecars.settings());

    private static ObjectNode pod(String enclave, String mounts) {
        return yaml(
                """
                metadata:
                  name: nginx
                  labels: {nitro.k8s.anjuna.io/managed: "yes"}
                  annotations: {enclave-metrics.dev/enclave: "%s"}
                spec:
                  volumes: [{name: sockets, emptyDir: {}}]
                  containers:
                  - {name: runner, volumeMounts: [%s]}
                  - {name: other}
                """
                        .formatted(enclave, mounts));
    }

    private AdmissionResponse verdict(JsonNode pod) {
        return admission.admit(AdmissionRequest.created("Pod", pod));
    }

    private JsonNode admitted(JsonNode pod) {
        AdmissionResponse verdict = verdict(pod);
        assertThat(verdict.refusal()).isNull();
        return Patched.apply(pod, verdict.operations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nitro", "nitro:bank"})
    void sharesTheSocketsOfNitroCliWithAllContainers(String enclave) {
        JsonNode pod = admitted(pod(enclave, ""));
        assertThat(pod.at("/spec/initContainers/0/args/0").stringValue())
                .isEqualTo("--enclave=" + enclave);
        assertThat(pod.at("/spec/volumes"))
                .isEqualTo(
                        list(
                                "{name: sockets, emptyDir: {}}",
                                "{name: enclave-metrics-podinfo, downwardAPI: {items: [{path:"
                                        + " annotations, fieldRef: {fieldPath:"
                                        + " metadata.annotations}}]}}",
                                "{name: enclave-metrics-nitro-cli, hostPath: {path:"
                                        + " /usr/bin/nitro-cli, type: File}}",
                                "{name: enclave-metrics-nitro-logs, emptyDir: {}}",
                                "{name: enclave-metrics-nitro-sockets, emptyDir: {}}"));
        String sockets = "name: enclave-metrics-nitro-sockets, mountPath: /run/nitro_enclaves";
        assertThat(pod.at("/spec/initContainers/0/volumeMounts"))
                .isEqualTo(list(PODINFO, NO_TOKEN, CLI, LOGS, "{" + sockets + ", readOnly: true}"));
        assertThat(pod.at("/spec/containers/0/volumeMounts")).isEqualTo(list("{" + sockets + "}"));
        assertThat(pod.at("/spec/containers/1/volumeMounts")).isEqualTo(list("{" + sockets + "}"));
        assertThat(pod.at("/spec/initContainers/0/env"))
                .isEqualTo(
                        list(
                                "{name: NITRO_CLI_LOGS_PATH, value: /var/log/nitro_enclaves}",
                                "{name: RUST_LOG, value: 'off'}",
                                "{name: NITRO_CLI_SOCKETS_PATH, value: /run/nitro_enclaves}"));
    }

    /**
     * If the user's volume is mounted at a parent folder, the sidecar mounts only its folder of
     * sockets: nothing else can be mounted inside a read-only mount.
     */
    @ParameterizedTest
    @CsvSource({
        "mountPath: /run/nitro_enclaves, ''",
        "mountPath: /run//nitro_enclaves/./, ''",
        "'mountPath: /run/nitro_enclaves, subPath: a/b', 'subPath: a/b, '",
        "mountPath: /run, 'subPath: nitro_enclaves, '",
        "'mountPath: /run/, subPath: a/', 'subPath: a/nitro_enclaves, '",
        "mountPath: /var/run/nitro_enclaves, ''",
        "mountPath: /var, 'subPath: run/nitro_enclaves, '",
        "'mountPath: /run/nitro_enclaves, mountPropagation: Bidirectional', ''",
        "'mountPath: /run/nitro_enclaves, readOnly: true, recursiveReadOnly: Enabled', ''"
    })
    void takesTheFolderOfSocketsThatTheUserHasMounted(String place, String subPath) {
        JsonNode pod = admitted(pod("nitro", "{name: sockets, " + place + "}"));
        assertThat(pod.at("/spec/initContainers/0/volumeMounts"))
                .isEqualTo(
                        list(
                                PODINFO,
                                NO_TOKEN,
                                CLI,
                                LOGS,
                                "{name: sockets, mountPath: /run/nitro_enclaves, "
                                        + subPath
                                        + "readOnly: true}"));
        assertThat(pod.at("/spec/initContainers/0/env/2/value").stringValue())
                .isEqualTo("/run/nitro_enclaves");
        assertThat(pod.at("/spec/containers/1").has("volumeMounts")).isFalse();
    }

    @Test
    void sharesTheSocketsOfNitroCliWithNativeSidecarsToo() {
        ObjectNode pod = pod("nitro", "");
        ((ObjectNode) pod.path("spec"))
                .set(
                        "initContainers",
                        list(
                                "{name: first, volumeMounts: [{name: x, mountPath: /x}]}",
                                "{name: enclave, restartPolicy: Always, volumeMounts: [{name: x,"
                                        + " mountPath: /x}]}"));

        JsonNode containers = admitted(pod).at("/spec/initContainers");

        assertThat(containers.at("/0/volumeMounts"))
                .as("one that ends before the enclave runs")
                .isEqualTo(list("{name: x, mountPath: /x}"));
        assertThat(containers.at("/1/volumeMounts"))
                .isEqualTo(
                        list(
                                "{name: x, mountPath: /x}",
                                "{name: enclave-metrics-nitro-sockets, mountPath:"
                                        + " /run/nitro_enclaves}"));
    }

    @ParameterizedTest
    @CsvSource({
        "nitro, /run/nitro_enclaves",
        "unix:/vmm/a/s.sock, /vmm/a",
        "hybrid:/vmm/v.sock:59090, /vmm",
    })
    void refusesAMountWhoseVariablesTheSidecarLacks(String enclave, String folder) {
        String mount = "{name: sockets, mountPath: %s, subPathExpr: $(POD_NAME)}".formatted(folder);

        assertThat(message(verdict(pod(enclave, mount))))
                .startsWith(
                        "Pod nginx: annotation enclave-metrics.dev/enclave must name a path whose"
                                + " volumeMount has no subPathExpr")
                .contains("found \"" + folder + " with subPathExpr $(POD_NAME)\"");
    }

    /**
     * Paths that are the same as, above or below those of the sidecar, its image, its runtime or
     * Kubernetes.
     */
    @ParameterizedTest
    @CsvSource({
        "/etc/podinfo, /etc",
        "/etc/podinfo/x, /etc",
        "/usr/local, /usr",
        "/opt, /opt/enclave-metrics",
        "/opt/enclave-metrics/../enclave-metrics/lib, /opt/enclave-metrics",
        "/run, /run/secrets",
        "/var/run, /run/secrets",
        "/var/run/secrets/kubernetes.io/serviceaccount, /run/secrets",
        "//proc, /proc",
        "/dev/shm, /dev"
    })
    void refusesASocketInAFolderThatTheSidecarNeeds(String folder, String taken) {
        String mount = "{name: sockets, mountPath: " + folder + "}";

        assertThat(message(verdict(pod("unix:" + folder + "/s.sock", mount))))
                .startsWith(
                        "Pod nginx: annotation enclave-metrics.dev/enclave must be in a separate"
                                + " folder, not "
                                + taken
                                + ", found \""
                                + folder
                                + "\"");
    }

    @Test
    void takesTheSocketsOfTheNodeIfSetSo() {
        JsonNode pod = pod("nitro", "");
        AdmissionResponse verdict =
                new PodAdmission(TestSidecars.older()).admit(AdmissionRequest.created("Pod", pod));
        JsonNode admitted = Patched.apply(pod, verdict.operations());
        assertThat(admitted.at("/spec/volumes/3"))
                .isEqualTo(
                        yaml(
                                "{name: enclave-metrics-nitro-sockets, hostPath: {path:"
                                        + " /run/nitro_enclaves, type: Directory}}"));
        assertThat(admitted.at("/spec/containers/0/volumeMounts")).isEmpty();
        assertThat(admitted.at("/spec/volumes").toString()).doesNotContain("nitro-cli");
    }

    @Test
    void needsNothingForVsock() {
        JsonNode pod = admitted(pod("vsock:16:59090", ""));
        assertThat(pod.at("/spec/initContainers/0/volumeMounts"))
                .isEqualTo(list(PODINFO, NO_TOKEN));
        assertThat(pod.at("/spec/initContainers/0").has("env")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:/vmm/agent/s.sock", "hybrid:/vmm/agent/v.sock:59090"})
    void mountsTheVolumeOfASocketWhereTheUserHasIt(String enclave) {
        String mounts =
                "{name: root, mountPath: /vmm}, {name: sockets, mountPath: /vmm/agent, subPath: a},"
                        + " {name: x, mountPath: /vmm/age}";
        JsonNode pod = admitted(pod(enclave, mounts));
        assertThat(pod.at("/spec/initContainers/0/volumeMounts"))
                .isEqualTo(
                        list(
                                PODINFO,
                                NO_TOKEN,
                                "{name: sockets, mountPath: /vmm/agent, subPath: a, readOnly:"
                                        + " true}"));
    }

    @Test
    void refusesASocketThatNoContainerHasMounted() {
        assertThat(message(verdict(pod("unix:/vmm/s.sock", ""))))
                .startsWith(
                        "Pod nginx: annotation enclave-metrics.dev/enclave must be the path of a"
                            + " socket in a volume of the pod, found /vmm/s.sock, which is in no"
                            + " container's volumeMounts;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcp:1",
                "vsock:any:59090",
                "vsock:16",
                "vsock:x:1",
                "nitro:",
                "unix:",
                "x y"
            })
    void refusesABadEnclave(String enclave) {
        assertThat(message(verdict(pod(enclave, ""))))
                .startsWith(
                        "Pod nginx: annotation enclave-metrics.dev/enclave must be nitro[:NAME],"
                                + " vsock:CID:PORT, unix:PATH or hybrid:PATH:PORT, found \""
                                + enclave
                                + "\"")
                .endsWith("or remove it for nitro");
    }
}
