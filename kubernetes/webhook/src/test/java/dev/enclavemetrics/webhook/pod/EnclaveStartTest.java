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

/** Sidecars that start the enclave themselves. */
class EnclaveStartTest {

    private static final String COMPLETE =
            "run-enclave: /eif/app.eif, enclave-cpus: '2', enclave-memory-mib: '1023'";

    private final PodAdmission admission = new PodAdmission(TestSidecars.settings());

    private static JsonNode pod(String annotations, String mounts) {
        return TestPods.pod(
                annotations,
                """
                  volumes: [{name: images, emptyDir: {}}]
                  containers:
                  - {name: other, volumeMounts: [%s]}
                """
                        .formatted(mounts));
    }

    private AdmissionResponse verdict(JsonNode pod) {
        return admission.admit(AdmissionRequest.created("Pod", pod));
    }

    private JsonNode sidecar(JsonNode pod) {
        AdmissionResponse verdict = verdict(pod);
        assertThat(verdict.refusal()).isNull();
        return Patched.apply(pod, verdict.operations()).at("/spec/initContainers/0");
    }

    @Test
    void refusesALongPathWithoutTakingStackForEachOfItsParts() {
        String path = "/a".repeat(100_000);

        AdmissionResponse verdict =
                verdict(pod(COMPLETE.replace("/eif/app.eif", path + "/.."), ""));

        assertThat(message(verdict)).contains("run-enclave must be the path of a file in a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt", "/opt/enclave-metrics/lib", "/etc/podinfo", "/usr", "/run"})
    void refusesAFolderThatHidesTheSidecarsOwn(String folder) {
        String annotations = COMPLETE.replace("/eif/", folder + "/");

        assertThat(message(verdict(pod(annotations + ", enclave-volume: images", ""))))
                .contains("run-enclave must be in a separate folder, not /");
        assertThat(message(verdict(pod(annotations, "{name: images, mountPath: " + folder + "}"))))
                .contains("run-enclave must be in a separate folder, not /");
    }

    @Test
    void givesTheSidecarWhatNitroNeeds() {
        JsonNode sidecar = sidecar(pod(COMPLETE + ", enclave-volume: images", ""));

        assertThat(sidecar.path("args").valueStream().map(JsonNode::stringValue))
                .containsExactly(
                        "--run-enclave=/eif/app.eif",
                        "--enclave-cpus=2",
                        "--enclave-memory-mib=1023",
                        "--pod-annotations=/etc/podinfo/annotations");
        assertThat(sidecar.path("resources"))
                .isEqualTo(
                        yaml(
                                """
                                requests:
                                  aws.ec2.nitro/nitro_enclaves: "1"
                                  cpu: 10m
                                  hugepages-2Mi: 1024Mi
                                  memory: 64Mi
                                limits:
                                  aws.ec2.nitro/nitro_enclaves: "1"
                                  hugepages-2Mi: 1024Mi
                                """));
        assertThat(sidecar.path("volumeMounts"))
                .isEqualTo(
                        list(
                                "{name: enclave-metrics-podinfo, mountPath: /etc/podinfo,"
                                        + " readOnly: true}",
                                "{name: enclave-metrics-podinfo, mountPath:"
                                        + " /var/run/secrets/kubernetes.io/serviceaccount,"
                                        + " readOnly: true}",
                                "{name: enclave-metrics-nitro-cli, mountPath:"
                                        + " /usr/local/bin/nitro-cli, readOnly: true}",
                                "{name: enclave-metrics-nitro-logs, mountPath:"
                                        + " /var/log/nitro_enclaves}",
                                "{name: enclave-metrics-nitro-sockets, mountPath:"
                                        + " /run/nitro_enclaves}",
                                "{name: images, mountPath: /eif, readOnly: true}"));
        assertThat(sidecar.path("terminationMessagePolicy").stringValue())
                .isEqualTo("FallbackToLogsOnError");
    }

    @Test
    void runsItAsRootWithoutAnyCapability() {
        JsonNode context =
                sidecar(pod(COMPLETE + ", enclave-volume: images", "")).path("securityContext");

        assertThat(context)
                .isEqualTo(
                        yaml(
                                """
                                runAsNonRoot: false
                                runAsUser: 0
                                runAsGroup: 0
                                readOnlyRootFilesystem: true
                                allowPrivilegeEscalation: false
                                capabilities: {drop: [ALL]}
                                seccompProfile:
                                  type: Localhost
                                  localhostProfile: enclave-metrics/launcher.json
                                """));
    }

    @Test
    void leavesTheUsersContainersAlone() {
        JsonNode pod = pod(COMPLETE + ", enclave-volume: images", "");
        JsonNode admitted = Patched.apply(pod, verdict(pod).operations());

        assertThat(admitted.at("/spec/containers")).isEqualTo(pod.at("/spec/containers"));
    }

    /** References that Kubernetes would replace by environment variables are passed unchanged. */
    @Test
    void escapesReferencesToVariables() {
        String annotations = COMPLETE.replace("/eif/", "/eif$(KUBERNETES_SERVICE_HOST)/$$/");

        assertThat(
                        sidecar(pod(annotations + ", enclave-volume: images", ""))
                                .at("/args/0")
                                .stringValue())
                .isEqualTo("--run-enclave=/eif$$(KUBERNETES_SERVICE_HOST)/$$$$/app.eif");
    }

    @Test
    void refusesDebugModeUnlessTheClusterAllowsIt() {
        JsonNode pod = pod(COMPLETE + ", enclave-volume: images, enclave-debug: 'true'", "");

        assertThat(message(verdict(pod)))
                .contains(
                        "enclave-debug must be false or left out where"
                                + " webhook.sidecar.allowEnclaveDebug is false: a debug enclave has"
                                + " no attestation, found \"true\"");

        AdmissionResponse allowed =
                new PodAdmission(TestSidecars.older()).admit(AdmissionRequest.created("Pod", pod));
        assertThat(allowed.warnings())
                .anyMatch(text -> text.contains("enclave-debug: no attestation"));
        assertThat(
                        Patched.apply(pod, allowed.operations())
                                .at("/spec/containers/1/args")
                                .toString())
                .contains("\"--debug\"");
    }

    @Test
    void passesOnRestartAndTheSizeOfHugepages() {
        String more =
                ", enclave-volume: images, enclave-restart: on-failure, enclave-hugepages: 1Gi";
        JsonNode sidecar = sidecar(pod(COMPLETE + more, ""));

        assertThat(sidecar.at("/args/3").stringValue()).isEqualTo("--enclave-restart=on-failure");
        assertThat(sidecar.at("/resources/limits/hugepages-1Gi").stringValue()).isEqualTo("1024Mi");
    }

    @ParameterizedTest
    @CsvSource({"false, '', ''", "false, true, 2", "true, '', 2", "true, false, ''"})
    void asksForTheEnclavesCpusWhereTheDevicePluginHasThem(
            boolean setting, String annotation, String cpus) {
        SidecarSettings settings = setting ? TestSidecars.older() : TestSidecars.settings();
        String more = annotation.isEmpty() ? "" : ", enclave-cpus-resource: '" + annotation + "'";
        JsonNode pod = pod(COMPLETE + ", enclave-volume: images" + more, "");

        AdmissionResponse verdict =
                new PodAdmission(settings).admit(AdmissionRequest.created("Pod", pod));
        String admitted = Patched.apply(pod, verdict.operations()).toString();

        assertThat(verdict.refusal()).isNull();
        assertThat(admitted.split("\"aws.ec2.nitro/nitro_enclaves_cpus\":\"2\"", -1))
                .as("in requests and limits")
                .hasSize(cpus.isEmpty() ? 1 : 3);
    }

    @Test
    void refusesHugepagesWithoutCpuAndMemory() {
        String none = ", launcher-cpu-request: none, launcher-memory-request: none";

        assertThat(message(verdict(pod(COMPLETE + ", enclave-volume: images" + none, ""))))
                .contains(
                        "annotation enclave-metrics.dev/launcher-cpu-request must be given with"
                                + " enclave-metrics.dev/run-enclave, or the one for memory");
    }

    @Test
    void takesTheImageWhereAContainerHasIt() {
        JsonNode pod = pod(COMPLETE, "{name: images, mountPath: /eif, subPath: a}");

        assertThat(sidecar(pod).at("/volumeMounts/5"))
                .isEqualTo(yaml("{name: images, mountPath: /eif, subPath: a, readOnly: true}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enclave-cpus: '2'|enclave-cpus must go with enclave-metrics.dev/run-enclave, found"
                        + " \"2\"",
                "run-enclave: /e/a, enclave: nitro|enclave must not go with"
                        + " enclave-metrics.dev/run-enclave, found \"nitro\"",
                "run-enclave: app.eif|run-enclave must be the path of a file in a folder",
                "run-enclave: /app.eif|run-enclave must be the path of a file in a folder",
                "run-enclave: /eif/../app.eif|run-enclave must be the path of a file in a folder",
                "run-enclave: /e/a|enclave-cpus must be a whole number from 1 to 4096 with"
                        + " enclave-metrics.dev/run-enclave, found none",
                "run-enclave: /e/a, enclave-cpus: '0'|enclave-cpus must be a whole number",
                "run-enclave: /e/a, enclave-cpus: '+2'|enclave-cpus must be a whole number",
                "run-enclave: /e/a, enclave-cpus: '2', enclave-memory-mib: 1Gi|enclave-memory-mib"
                        + " must be a whole number from 64 to 33554432 with"
                        + " enclave-metrics.dev/run-enclave, found \"1Gi\"",
                COMPLETE + ", enclave-hugepages: 4Ki|enclave-hugepages must be 2Mi or 1Gi, found",
                COMPLETE + ", enclave-restart: always|enclave-restart must be never or on-failure",
                COMPLETE
                        + ", launcher-run-as-user: '1'|launcher-run-as-user must not go with"
                        + " enclave-metrics.dev/run-enclave, which needs root, found \"1\"",
                COMPLETE
                        + ", enclave-cpus-resource: '2'|enclave-cpus-resource must be true or"
                        + " false,",
                COMPLETE + ", enclave-debug: 'yes'|enclave-debug must be true or false, found",
                COMPLETE + "|enclave-volume must name the pod's volume that contains /eif/app.eif,",
                COMPLETE
                        + ", enclave-volume: other|enclave-volume must name a volume of the pod,"
                        + " found \"other\"; correct it in the Pod template",
            })
    void refusesABadAnnotationByItsName(String annotations, String problem) {
        assertThat(message(verdict(pod(annotations, ""))))
                .startsWith("Pod nginx: annotation enclave-metrics.dev/" + problem);
    }
}
