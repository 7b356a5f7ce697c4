package dev.enclavemetrics.webhook.admission;

import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.serving.cluster.YamlJson;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects for tests, written as YAML. */
public final class TestObjects {

    /** The third HPA of the reference document. */
    public static final String REFERENCE =
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata:
              name: nginx
              labels:
                nitro.k8s.anjuna.io/managed: "yes"
            spec:
              scaleTargetRef:
                apiVersion: apps/v1
                kind: Deployment
                name: nginx
              minReplicas: 1
              maxReplicas: 5
              metrics:
              - type: Resource
                resource:
                  name: cpu
                  target:
                    type: Utilization
                    averageUtilization: 75
              - type: Resource
                resource:
                  name: memory
                  target:
                    type: Utilization
                    averageUtilization: 50
            """;

    /** The same HPA after the mutation, by the reference document. */
    public static final String REFERENCE_MUTATED =
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata:
              name: nginx
              labels:
                nitro.k8s.anjuna.io/managed: "yes"
            spec:
              scaleTargetRef:
                apiVersion: apps/v1
                kind: Deployment
                name: nginx
              minReplicas: 1
              maxReplicas: 5
              metrics:
              - type: Pods
                pods:
                  metric:
                    name: nitro_enclave_cpu_usage
                  target:
                    type: Utilization
                    averageValue: 0.75
              - type: Pods
                pods:
                  metric:
                    name: nitro_enclave_memory_usage
                  target:
                    type: Utilization
                    averageValue: 0.5
            """;

    public static final String CPU = metric("Resource", "resource: {name: cpu, target: %s}");
    public static final String MEMORY = metric("Resource", "resource: {name: memory, target: %s}");
    public static final String ENCLAVE_CPU =
            metric(
                    "Pods",
                    "pods: {metric: {name: nitro_enclave_cpu_usage}, target: {type: Utilization,"
                            + " averageValue: %s}}");

    private TestObjects() {}

    private static String metric(String type, String source) {
        return "{type: " + type + ", " + source + "}";
    }

    public static String cpu(int percent) {
        return CPU.formatted("{type: Utilization, averageUtilization: " + percent + "}");
    }

    public static String memory(int percent) {
        return MEMORY.formatted("{type: Utilization, averageUtilization: " + percent + "}");
    }

    public static String enclaveCpu(String value) {
        return ENCLAVE_CPU.formatted(value);
    }

    /** Returns a labelled HPA with these metrics, given in YAML. */
    public static ObjectNode hpa(String... metrics) {
        ObjectNode hpa = yaml(REFERENCE);
        ArrayNode list = ((ObjectNode) hpa.path("spec")).putArray("metrics");
        for (String metric : metrics) {
            list.add(yaml(metric));
        }
        return hpa;
    }

    public static JsonNode list(String... values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String value : values) {
            list.add(yaml(value));
        }
        return list;
    }

    public static ObjectNode yaml(String text) {
        return (ObjectNode)
                YamlJson.of(
                        new Compose(LoadSettings.builder().build())
                                .composeString(text)
                                .orElseThrow());
    }

    public static ObjectNode unlabelled(JsonNode object) {
        ObjectNode copy = (ObjectNode) object.deepCopy();
        ((ObjectNode) copy.path("metadata").path("labels")).remove(ManagedLabel.KEY);
        return copy;
    }

    /** Returns the message of a refusal. */
    public static String message(AdmissionResponse verdict) {
        return Objects.requireNonNull(verdict.refusal(), "not refused").message();
    }

    /** Returns an HPA with its quantities in the form in which the API server returns them. */
    public static JsonNode canonical(JsonNode hpa) {
        JsonNode copy = hpa.deepCopy();
        for (JsonNode metric : copy.path("spec").path("metrics")) {
            JsonNode target = metric.path("pods").path("target");
            var number = Quantity.parse(target.path("averageValue"));
            if (number != null) {
                ((ObjectNode) target)
                        .put(
                                "averageValue",
                                Quantity.ofPercent(number.movePointRight(2).intValueExact()));
            }
        }
        return copy;
    }
}
