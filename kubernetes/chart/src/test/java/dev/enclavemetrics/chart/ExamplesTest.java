package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the examples with the document that this product implements, line by line. */
class ExamplesTest {

    private static final String FOLDER = "../examples/";

    private static final String TARGET =
            """
            spec:
            scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: nginx
            minReplicas: 1
            maxReplicas: 5
            metrics:
            """;

    @Test
    void deploysWithAPortOfItsOwn() {
        assertThat(document("deployment.yaml"))
                .isEqualTo(
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                        name: nginx
                        labels:
                        app: nginx
                        spec:
                        replicas: 1
                        selector:
                        matchLabels:
                        app: nginx
                        template:
                        metadata:
                        labels:
                        app: nginx
                        nitro.k8s.anjuna.io/managed: "yes"
                        annotations:
                        nitro.k8s.anjuna.io/metricsPort: "9091" # custom metrics port
                        spec:
                        containers:
                        - name: nginx
                        image: nginx:latest
                        ports:
                        - containerPort: 80
                        """);
    }

    @Test
    void scalesByTheEnclavesMetrics() {
        assertThat(document("hpa.yaml"))
                .isEqualTo(head("nginx") + TARGET + pods("cpu", "0.75") + pods("memory", "0.5"));
    }

    @Test
    void scalesByStandardMetricsWithTheLabel() {
        assertThat(document("hpa-managed.yaml"))
                .isEqualTo(
                        head("nginx")
                                + "labels:\nnitro.k8s.anjuna.io/managed: \"yes\"\n"
                                + TARGET
                                + resource("cpu", 75)
                                + resource("memory", 50));
    }

    @Test
    void scalesByTheLauncherAndTheEnclave() {
        assertThat(document("hpa-launcher-and-enclave.yaml"))
                .isEqualTo(
                        head("nginx-launcher-and-enclave")
                                + TARGET
                                + resource("cpu", 90)
                                + pods("cpu", "0.75"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployment.yaml",
                "hpa.yaml",
                "hpa-application.yaml",
                "hpa-managed.yaml",
                "hpa-launcher-and-enclave.yaml"
            })
    void areOneObjectEachThatKubernetesKnows(String name) {
        Rendered example = new Rendered(Chart.read(FOLDER + name));

        assertThat(example.objects()).hasSize(1);
        assertThat(KubernetesModels.problem(example.objects().get(0))).isEmpty();
    }

    /** The first example for a new user: it needs no enclave that something else starts. */
    @Test
    void startsAnEnclaveAndScalesIt() {
        Rendered example = new Rendered(Chart.read(FOLDER + "enclave.yaml"));

        assertThat(example.objects())
                .hasSize(2)
                .allSatisfy(object -> assertThat(KubernetesModels.problem(object)).isEmpty());
        Object chart = new Rendered(Chart.read("Chart.yaml")).objects().get(0);
        assertThat(example.text())
                .contains("enclave-metrics/example-eif:" + Rendered.text(chart, "appVersion"));
    }

    /** Returns an example without indentation, as the document's copy has none. */
    private static String document(String name) {
        return Chart.lines(FOLDER + name).stream()
                .map(String::strip)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String head(String name) {
        return "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\nname: "
                + name
                + "\n";
    }

    private static String pods(String resource, String value) {
        return "- type: Pods\npods:\nmetric:\nname: nitro_enclave_"
                + resource
                + "_usage\ntarget:\ntype: Utilization\naverageValue: "
                + value
                + "\n";
    }

    private static String resource(String name, int percent) {
        return "- type: Resource\nresource:\nname: "
                + name
                + "\ntarget:\ntype: Utilization\naverageUtilization: "
                + percent
                + "\n";
    }
}
