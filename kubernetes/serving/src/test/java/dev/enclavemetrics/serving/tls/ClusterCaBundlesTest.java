package dev.enclavemetrics.serving.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.serving.cluster.FakeCluster;
import dev.enclavemetrics.testing.LogLines;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterCaBundlesTest {

    private static final String ENCODED =
            Base64.getEncoder().encodeToString("bundle".getBytes(US_ASCII));
    private static final String CONFIGURATION =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: w}
            webhooks:
            - name: hpas.enclave-metrics.dev
              clientConfig: {service: {name: a, namespace: b}}
            - name: pods.enclave-metrics.dev
              clientConfig: {service: {name: a, namespace: b}, caBundle: b2xk}
            """;

    private final FakeCluster cluster = new FakeCluster();
    private final LogLines log = new LogLines();

    @AfterEach
    void end() {
        cluster.close();
    }

    private GenericKubernetesResource store(String yaml) {
        GenericKubernetesResource resource =
                Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        return cluster.client.resource(resource).createOr(editable -> editable.update());
    }

    private String stored(GenericKubernetesResource resource) {
        return Serialization.asJson(cluster.client.resource(resource).get());
    }

    private GenericKubernetesResource apiService(String version, String service, String more) {
        return store(
                """
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: %s.custom.metrics.k8s.io}
                spec: {service: {name: %s, namespace: b}, version: %s%s}
                """
                        .formatted(version, service, version, more));
    }

    private CaBundles webhooks() {
        return ClusterCaBundles.inWebhooks(cluster.client, "w", log.log());
    }

    private CaBundles apiServices() {
        return ClusterCaBundles.inApiServices(
                cluster.client,
                List.of("v1beta1.custom.metrics.k8s.io", "v1beta2.custom.metrics.k8s.io"),
                List.of("a.b.svc", "a.b.svc.cluster.local"),
                log.log());
    }

    @Test
    void writesItIntoEveryWebhookAndThenFindsItThere() {
        GenericKubernetesResource configuration = store(CONFIGURATION);
        CaBundles bundles = webhooks();

        assertThat(bundles.publish("bundle")).isFalse();
        assertThat(stored(configuration).split(ENCODED, -1)).hasSize(3);
        assertThat(bundles.publish("bundle")).isTrue();
        assertThat(cluster.requests.stream().filter(r -> r.startsWith("PATCH"))).hasSize(1);
    }

    @Test
    void writesItAgainWhereSomebodyOverwroteIt() {
        GenericKubernetesResource configuration = store(CONFIGURATION);
        CaBundles bundles = webhooks();
        bundles.publish("bundle");
        store(CONFIGURATION);

        assertThat(bundles.publish("bundle")).isFalse();
        assertThat(stored(configuration).split(ENCODED, -1)).hasSize(3);
    }

    @Test
    void writesItIntoBothApiServices() {
        GenericKubernetesResource one = apiService("v1beta1", "a", "");
        GenericKubernetesResource two = apiService("v1beta2", "a", ", insecureSkipTLSVerify: true");
        CaBundles bundles = apiServices();

        assertThat(bundles.publish("bundle")).isFalse();
        assertThat(stored(one)).contains(ENCODED);
        assertThat(stored(two)).contains(ENCODED).doesNotContain("insecureSkipTLSVerify");
        assertThat(bundles.publish("bundle")).isTrue();
    }

    @Test
    void leavesTheApiServiceOfAnotherServer() {
        GenericKubernetesResource theirs = apiService("v1beta1", "adapter", "");
        GenericKubernetesResource ours = apiService("v1beta2", "a", "");

        assertThat(apiServices().publish("bundle")).isFalse();
        assertThat(stored(theirs)).doesNotContain(ENCODED);
        assertThat(stored(ours)).contains(ENCODED);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains(
                        "the APIService v1beta1.custom.metrics.k8s.io must name a Service in"
                                + " --tls-names, found adapter.b.svc");
    }

    @Test
    void tellsOnceWhatIsForbiddenAndWhenItIsAllowed() {
        store(CONFIGURATION);
        CaBundles bundles = webhooks();
        cluster.forbiddenMethod = "PATCH";
        bundles.publish("bundle");
        bundles.publish("bundle");
        cluster.forbiddenMethod = "";
        bundles.publish("bundle");

        assertThat(log.lines())
                .satisfiesExactly(
                        l ->
                                assertThat(l)
                                        .isEqualTo(
                                                "ERROR the MutatingWebhookConfiguration w must be"
                                                        + " allowed to this account, found: not"
                                                        + " you; grant it get and patch"
                                                        + " of this object"),
                        l -> assertThat(l).contains("recovered"));
    }

    @Test
    void logsNothingAfterItWasClosed() {
        CaBundles bundles = webhooks();
        bundles.close();

        assertThat(bundles.publish("bundle")).isFalse();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void tellsThatNoneIsThere() {
        assertThat(webhooks().publish("bundle")).isFalse();
        assertThat(log.lines()).singleElement().asString().contains("must exist, found none");
    }
}
