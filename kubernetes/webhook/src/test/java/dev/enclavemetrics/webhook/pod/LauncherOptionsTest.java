package dev.enclavemetrics.webhook.pod;

import static dev.enclavemetrics.webhook.admission.TestObjects.message;
import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Patched;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The sidecar's user, CPU and memory, and their effect on the Pod's QoS class. */
class LauncherOptionsTest {

    private static final String GUARANTEED =
            "{requests: {cpu: '2', memory: 1Gi}, limits: {cpu: 2000m, memory: 1024Mi}}";
    private static final String VSOCK = "enclave: 'vsock:16:59090'";
    private static final String START =
            "run-enclave: /eif/a, enclave-volume: v, enclave-cpus: '2', enclave-memory-mib: '64'";

    private static JsonNode pod(String annotations, String containers) {
        return TestPods.pod(
                annotations, "  volumes: [{name: v, emptyDir: {}}]\n  " + containers + "\n");
    }

    private static String containers(String resources) {
        return "containers: [{name: app, resources: " + resources + "}]";
    }

    private static AdmissionResponse verdict(JsonNode pod) {
        return new PodAdmission(TestSidecars.settings())
                .admit(AdmissionRequest.created("Pod", pod));
    }

    private static JsonNode sidecar(JsonNode pod) {
        AdmissionResponse verdict = verdict(pod);
        assertThat(verdict.refusal()).isNull();
        JsonNode added = Patched.apply(pod, verdict.operations()).at("/spec/initContainers");
        return added.path(added.size() - 1);
    }

    private static void assertResources(JsonNode pod, String requests, String limits) {
        JsonNode resources = sidecar(pod).path("resources");
        assertThat(resources.path("requests")).isEqualTo(yaml("{" + requests + "}"));
        assertThat(resources.path("limits")).isEqualTo(yaml("{" + limits + "}"));
    }

    @Test
    void takesResourcesFromAnnotations() {
        String annotations =
                VSOCK
                        + ", launcher-cpu-request: 50m, launcher-cpu-limit: '1',"
                        + " launcher-memory-request: none, launcher-memory-limit: 256Mi";

        assertResources(pod(annotations, containers("{}")), "cpu: 50m", "cpu: '1', memory: 256Mi");
    }

    @ParameterizedTest
    @CsvSource({
        "launcher-cpu-request, lots, be a quantity such as 100m or none",
        "launcher-cpu-limit, 1Gi, be a quantity such as 100m or none",
        "launcher-memory-request, -1, be a quantity such as 128Mi or none",
        "launcher-memory-limit, 1MB, be a quantity such as 128Mi or none",
        "launcher-memory-limit, '', be a quantity such as 128Mi or none",
        "launcher-memory-request, 129Mi, 'not be above the limit, 128Mi (annotation"
                + " enclave-metrics.dev/launcher-memory-limit)'",
        "launcher-cpu-limit, 1m, 'not be above the limit, 1m (annotation"
                + " enclave-metrics.dev/launcher-cpu-limit)'",
        "launcher-run-as-user, -1, be a whole number from 0 to 2147483647",
        "launcher-run-as-user, 2147483648, be a whole number from 0 to 2147483647",
        "launcher-run-as-user, root, be a whole number from 0 to 2147483647"
    })
    void refusesABadAnnotationByItsName(String name, String value, String rule) {
        String message =
                message(verdict(pod(VSOCK + ", " + name + ": '" + value + "'", containers("{}"))));

        assertThat(message).startsWith("Pod nginx: annotation enclave-metrics.dev/launcher-");
        assertThat(message).contains(" must " + rule + ", found \"");
    }

    @Test
    void keepsAGuaranteedPodGuaranteed() {
        JsonNode pod = pod(VSOCK, containers(GUARANTEED));

        assertResources(pod, "cpu: 100m, memory: 128Mi", "cpu: 100m, memory: 128Mi");
        assertThat(verdict(pod).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "launcher-cpu-limit: 200m, 200m, 128Mi",
        "launcher-memory-request: 99Mi, 100m, 99Mi",
        "'launcher-cpu-request: 1m, launcher-cpu-limit: 1m', 1m, 128Mi"
    })
    void keepsAGuaranteedPodGuaranteedWithAnnotations(String more, String cpu, String memory) {
        JsonNode pod = pod(VSOCK + ", " + more, containers(GUARANTEED));
        String resources = "cpu: %s, memory: %s".formatted(cpu, memory);

        assertResources(pod, resources, resources);
        assertThat(verdict(pod).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'launcher-cpu-request: 10m, launcher-cpu-limit: 20m', cpu",
        "launcher-memory-limit: none, memory"
    })
    void warnsWhereAnnotationsMakeAGuaranteedPodBurstable(String more, String resource) {
        assertThat(verdict(pod(VSOCK + ", " + more, containers(GUARANTEED))).warnings())
                .containsExactly(
                        "Pod nginx: Burstable with the launcher, not Guaranteed; set"
                                + " enclave-metrics.dev/launcher-%s-limit".formatted(resource));
    }

    /** nitro-cli reads the whole image into memory, so only the user knows how much it needs. */
    @Test
    void warnsWhereALauncherThatStartsAnEnclaveHasNoMemoryLimit() {
        JsonNode pod = pod(START, containers(GUARANTEED));
        JsonNode limited = pod(START + ", launcher-memory-limit: 1Gi", containers(GUARANTEED));

        assertThat(verdict(pod).warnings())
                .containsExactly(
                        "Pod nginx: Burstable with the launcher, not Guaranteed; set"
                                + " enclave-metrics.dev/launcher-memory-limit");
        assertThat(sidecar(pod).at("/resources/requests/memory").asString()).isEqualTo("64Mi");
        assertThat(sidecar(pod).at("/resources/limits").has("memory")).isFalse();
        assertThat(verdict(limited).warnings()).isEmpty();
        assertThat(sidecar(limited).at("/resources/requests/memory").asString()).isEqualTo("1Gi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers: [{name: app}]",
                "containers: [{name: app, resources: {limits: {cpu: 1}}}]",
                "containers: [{name: a, resources: {limits: {cpu: 1, memory: 0}}}]",
                "containers: [{name: a, resources: {requests: {cpu: 1, memory: 1Mi}, limits: {cpu:"
                        + " 2, memory: 1Mi}}}]",
                "containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}}}]\n"
                        + "  initContainers: [{name: b}]"
            })
    void leavesAPodThatIsNotGuaranteedAsItIs(String containers) {
        JsonNode pod = pod(VSOCK, containers);

        assertResources(pod, "cpu: 10m, memory: 64Mi", "memory: 128Mi");
        assertThat(verdict(pod).warnings()).isEmpty();
    }

    /** Containers take parts of a Pod's own resources; a total above these is invalid. */
    @Test
    void asksForNothingThatThePodAsAWholeHas() {
        JsonNode pod =
                pod(
                        VSOCK,
                        "resources: {requests: {cpu: 1}, limits: {cpu: 1}}\n  "
                                + containers(GUARANTEED));

        assertResources(pod, "memory: 64Mi", "memory: 128Mi");
    }

    @Test
    void runsAsTheUserOfTheAnnotation() {
        for (String user : List.of("0", "1000")) {
            JsonNode context =
                    sidecar(pod(VSOCK + ", launcher-run-as-user: '" + user + "'", containers("{}")))
                            .path("securityContext");

            assertThat(context.path("runAsUser").asString()).isEqualTo(user);
            assertThat(context.path("runAsGroup").asString()).isEqualTo(user);
            assertThat(context.path("runAsNonRoot").asBoolean()).isEqualTo(!user.equals("0"));
        }
    }
}
