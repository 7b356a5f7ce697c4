package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final String CONFIGURATION =
            "MutatingWebhookConfiguration enclave-metrics-webhook";

    private static final String LABELLED =
            "(has(object.metadata.labels) && 'nitro.k8s.anjuna.io/managed' in"
                    + " object.metadata.labels &&"
                    + " object.metadata.labels['nitro.k8s.anjuna.io/managed'] == 'yes')";

    private static final String WARNINGS =
            "ValidatingAdmissionPolicy enclave-metrics-webhook-warnings";

    @Test
    void leavesNothingOfItWhereItIsOff() {
        Rendered rendered = Variant.WEBHOOK_OFF.render();

        assertThat(rendered.names()).noneMatch(name -> name.contains("webhook"));
        assertThat(rendered.names()).noneMatch(name -> name.contains("Webhook"));
        assertThat(rendered.ofKind("DaemonSet")).isEmpty();
        assertThat(rendered.has("Deployment enclave-metrics-server")).isTrue();
    }

    @Test
    void isCalledForLabelledHpasAndPods() {
        assertThat(webhook("", 0))
                .usingRecursiveComparison()
                .isEqualTo(
                        hpas(
                                "hpas.enclave-metrics.dev",
                                "Fail",
                                "[CREATE, UPDATE]",
                                "{name: has-the-label, expression: \"" + LABELLED + "\"}"));
        assertThat(webhook("", 2))
                .usingRecursiveComparison()
                .isEqualTo(
                        yaml(
                                """
                                name: pods.enclave-metrics.dev
                                failurePolicy: Ignore
                                objectSelector:
                                  matchLabels: {nitro.k8s.anjuna.io/managed: "yes"}
                                rules:
                                  - apiGroups: [""]
                                    apiVersions: [v1]
                                    operations: [CREATE]
                                    resources: [pods]
                                    scope: Namespaced
                                """
                                        + call("/mutate/pods")));
    }

    /** Removing the label must always be possible. */
    @Test
    void isCalledForHpasThatLoseTheLabelIfItIsThere() {
        assertThat(webhook("webhook: {hpas: {failurePolicy: Fail}}", 1))
                .usingRecursiveComparison()
                .isEqualTo(
                        hpas(
                                "unlabelled-hpas.enclave-metrics.dev",
                                "Ignore",
                                "[UPDATE]",
                                "{name: has-lost-the-label, expression: \"!" + LABELLED + "\"}"));
    }

    private static Object hpas(String name, String policy, String operations, String condition) {
        return yaml(
                """
                name: %s
                failurePolicy: %s
                objectSelector:
                  matchLabels: {nitro.k8s.anjuna.io/managed: "yes"}
                  matchExpressions:
                    - {key: app.kubernetes.io/managed-by, operator: NotIn, values: [keda-operator]}
                matchConditions:
                  - {name: is-not-being-deleted, expression: "!has(object.metadata.deletionTimestamp)"}
                  - %s
                rules:
                  - apiGroups: [autoscaling]
                    apiVersions: [v2]
                    operations: %s
                    resources: [horizontalpodautoscalers]
                    scope: Namespaced
                """
                                .formatted(name, policy, condition, operations)
                        + call("/mutate/hpas"));
    }

    private static String call(String path) {
        return """
        admissionReviewVersions: [v1]
        sideEffects: None
        matchPolicy: Equivalent
        reinvocationPolicy: IfNeeded
        timeoutSeconds: 5
        clientConfig:
          service: {name: enclave-metrics-webhook, namespace: enclave-system, port: 443, path: %s}
        namespaceSelector:
          matchExpressions:
            - key: kubernetes.io/metadata.name
              operator: NotIn
              values: [kube-system, kube-public, kube-node-lease, enclave-system]
        """
                .formatted(path);
    }

    @Test
    void isAskedForOnlyWhatIsWanted() {
        Rendered rendered = Chart.render("webhook: {hpas: {enabled: false}}");

        assertThat(Rendered.list(rendered.get(CONFIGURATION), "webhooks"))
                .extracting(webhook -> Rendered.text(webhook, "name"))
                .containsExactly("pods.enclave-metrics.dev");
    }

    @Test
    void takesItsPoliciesFromValues() {
        String values =
                "webhook: {hpas: {failurePolicy: Ignore}, pods: {failurePolicy: Fail},"
                        + " timeoutSeconds: 9, excludedNamespaces: [kube-system, monitoring]}";

        assertThat(Rendered.text(webhook(values, 0), "failurePolicy")).isEqualTo("Ignore");
        assertThat(Rendered.text(webhook(values, 1), "failurePolicy")).isEqualTo("Ignore");
        assertThat(Rendered.text(webhook(values, 2), "failurePolicy")).isEqualTo("Fail");
        assertThat(Rendered.text(webhook(values, 2), "timeoutSeconds")).isEqualTo("9");
        assertThat(Rendered.text(webhook(values, 2), "namespaceSelector"))
                .contains(
                        "values=[kube-system, kube-public, kube-node-lease, enclave-system,"
                                + " monitoring]");
    }

    /** The policy must not block requests: it is ignored if it cannot be evaluated. */
    @Test
    void onlyWarns() {
        Rendered rendered = Chart.defaults();

        assertThat(Rendered.text(rendered.get(WARNINGS), "spec", "failurePolicy"))
                .isEqualTo("Ignore");
        assertThat(
                        Rendered.text(
                                rendered.get(WARNINGS.replace("Policy ", "PolicyBinding ")),
                                "spec",
                                "validationActions"))
                .isEqualTo("[Warn]");
    }

    @Test
    void warnsOfWhatItIsCalledFor() {
        assertThat(kindsWarnedOf("webhook: {pods: {enabled: false}}"))
                .containsExactly("horizontalpodautoscalers");
        assertThat(kindsWarnedOf("webhook: {hpas: {enabled: false}}"))
                .containsExactly(
                        "pods", "deployments", "statefulsets", "daemonsets", "jobs", "cronjobs");
    }

    private static List<String> kindsWarnedOf(String values) {
        Object policy = Chart.render(values).get(WARNINGS);
        return Rendered.list(policy, "spec", "matchConstraints", "resourceRules").stream()
                .flatMap(rule -> Rendered.list(rule, "resources").stream())
                .map(Object::toString)
                .toList();
    }

    /** If the launcher needs nothing from the node, every Pod Security level allows it. */
    @Test
    void warnsOfPodSecurityAsTheLauncherNeeds() {
        assertThat(warnings("")).hasSize(2);
        assertThat(warnings("").get(1).toString()).contains("mounts of the node", "startsWith");
        assertThat(warnings("webhook: {sidecar: {seccompProfile: Unconfined}}").get(1).toString())
                .contains("profile Unconfined")
                .doesNotContain("startsWith");
        assertThat(warnings("webhook: {sidecar: {nitroCli: none}}")).hasSize(1);
    }

    private static List<?> warnings(String values) {
        return Rendered.list(Chart.render(values).get(WARNINGS), "spec", "validations");
    }

    /** The sidecar's settings are passed to the process. */
    @Test
    void tellsTheProcessAboutTheSidecar() {
        List<String> arguments =
                Chart.render(
                                """
                                webhook:
                                  onUntranslatable: warn
                                  prometheusAnnotations: true
                                  sidecar:
                                    image: {repository: me/launcher, tag: "2", pullPolicy: Always}
                                    native: false
                                    resources: {requests: {cpu: 5m, memory: none}, limits: {cpu: "0.5", memory: 1Gi}}
                                    enclaveCpusResource: true
                                    allowEnclaveDebug: true
                                    seccompProfile: Unconfined
                                    nitroCli: none
                                    nitroSockets: /run/nitro_enclaves
                                """)
                        .arguments("enclave-metrics-webhook");

        assertThat(arguments)
                .contains(
                        "--on-untranslatable=warn",
                        "--prometheus-annotations=true",
                        "--sidecar-image=registry.example/me/launcher:2",
                        "--sidecar-pull-policy=Always",
                        "--sidecar-native=false",
                        "--sidecar-cpu-request=5m",
                        "--sidecar-memory-request=none",
                        "--sidecar-cpu-limit=0.5",
                        "--sidecar-memory-limit=1Gi",
                        "--enclave-cpus-resource=true",
                        "--allow-enclave-debug=true",
                        "--sidecar-seccomp-profile=Unconfined",
                        "--nitro-cli=none",
                        "--nitro-sockets=/run/nitro_enclaves");
    }

    private static Object webhook(String values, int index) {
        return Rendered.list(Chart.render(values).get(CONFIGURATION), "webhooks").get(index);
    }

    private static Object yaml(String text) {
        return new Rendered(text).objects().get(0);
    }
}
