package dev.enclavemetrics.webhook.pod;

import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;

import tools.jackson.databind.node.ObjectNode;

/** Labelled Pods for tests. */
final class TestPods {

    private TestPods() {}

    /**
     * Returns a Pod.
     *
     * @param annotations annotations in YAML, without the common prefix
     * @param spec the spec in YAML, each line indented by two spaces
     */
    static ObjectNode pod(String annotations, String spec) {
        return yaml(
                """
                metadata:
                  name: nginx
                  labels: {nitro.k8s.anjuna.io/managed: "yes"}
                  annotations: {%s}
                spec:
                """
                                .formatted(
                                        annotations.replaceAll("(^|, )", "$1enclave-metrics.dev/"))
                        + spec);
    }
}
