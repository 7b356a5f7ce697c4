package dev.enclavemetrics.webhook.hpa;

import static dev.enclavemetrics.webhook.admission.TestObjects.cpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.enclaveCpu;
import static dev.enclavemetrics.webhook.admission.TestObjects.hpa;
import static dev.enclavemetrics.webhook.admission.TestObjects.list;
import static dev.enclavemetrics.webhook.admission.TestObjects.memory;
import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Patched;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Updates through autoscaling/v1 that {@link RecordedReviewsTest} does not contain, in the same
 * form: translated metrics have another type of target, and the targetCPUUtilizationPercentage of
 * the client comes after them.
 */
class HpaThroughV1Test {

    private static final String ENCLAVE_MEMORY =
            "{type: Pods, pods: {metric: {name: nitro_enclave_memory_usage}, target: {type:"
                    + " Utilization, averageValue: 500m}}}";

    private final HpaAdmission admission = new HpaAdmission(OnUntranslatable.REFUSE);
    private final ObjectNode stored = created(hpa(cpu(70)));

    private ObjectNode created(ObjectNode hpa) {
        AdmissionResponse verdict = admission.admit(AdmissionRequest.created("HPA", hpa));
        return (ObjectNode) Patched.apply(hpa, verdict.operations());
    }

    private static ObjectNode converted(ObjectNode stored, String... more) {
        ObjectNode hpa = stored.deepCopy();
        ArrayNode metrics = hpa.withArray("/spec/metrics");
        for (JsonNode metric : metrics) {
            ((ObjectNode) metric.path("pods").path("target")).put("type", "AverageValue");
        }
        metrics.addAll((ArrayNode) list(more));
        return hpa;
    }

    private ObjectNode updated(ObjectNode hpa, ObjectNode old) {
        AdmissionResponse verdict = admission.admit(AdmissionRequest.of("HPA", request(hpa, old)));
        assertThat(verdict.warnings()).isEmpty();
        return (ObjectNode) Patched.apply(hpa, verdict.operations());
    }

    private static ObjectNode request(ObjectNode hpa, ObjectNode old) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("operation", "UPDATE");
        request.set("kind", yaml("{group: autoscaling, version: v2, kind: HPA}"));
        request.set("requestKind", yaml("{group: autoscaling, version: v1, kind: HPA}"));
        request.set("object", hpa);
        request.set("oldObject", old);
        return request;
    }

    private static JsonNode metrics(ObjectNode hpa) {
        return hpa.path("spec").path("metrics");
    }

    @Test
    void takesTheTargetThatTheClientSets() {
        ObjectNode both = created(hpa(cpu(70), memory(50)));
        ObjectNode updated = updated(converted(both, cpu(55)), both);

        assertThat(metrics(updated)).isEqualTo(list(ENCLAVE_MEMORY, enclaveCpu("550m")));
        assertThat(updated(converted(updated, cpu(55)), updated)).isEqualTo(updated);
    }

    /** This form may come from Git, and must then not change. */
    @Test
    void leavesTheFormThatAClientOfTheSameVersionWrites() {
        ObjectNode written = converted(stored);
        AdmissionResponse verdict =
                admission.admit(AdmissionRequest.updated("HPA", written, stored));

        assertThat(verdict.operations()).isEmpty();
    }
}
