package dev.enclavemetrics.serving.tls;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A Secret in the cluster. An existing empty Secret is filled, whatever its type, so that the
 * process needs no permission to create Secrets, and the Secret can belong to a Helm release.
 */
final class ClusterSecret implements CertificateSecret {

    /** Marks the Secrets of this program, so that no other is overwritten. */
    static final String OURS = "enclave-metrics.dev/self-signed";

    private static final String TRUE = "true";
    private static final String TLS_TYPE = "kubernetes.io/tls";

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    ClusterSecret(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    @Override
    public Found read() {
        Secret secret = resource().get();
        if (secret == null) {
            return new Found("", true, Map.of());
        }
        Map<String, byte[]> data = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData().forEach((k, v) -> data.put(k, Base64.getDecoder().decode(v)));
        }
        ObjectMeta metadata = secret.getMetadata();
        boolean marked =
                metadata.getAnnotations() != null
                        && TRUE.equals(metadata.getAnnotations().get(OURS));
        return new Found(
                Objects.requireNonNull(metadata.getResourceVersion()),
                marked || data.isEmpty(),
                data);
    }

    @Override
    public boolean write(Found since, Map<String, byte[]> data) {
        try {
            if (since.version().isEmpty()) {
                SecretBuilder empty =
                        new SecretBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace)
                                .withName(name)
                                .endMetadata()
                                .withType(TLS_TYPE);
                client.resource(filled(empty, data)).create();
                return true;
            }
            Secret current = resource().get(); // keeps its labels and type
            if (current == null
                    || !since.version().equals(current.getMetadata().getResourceVersion())) {
                return false;
            }
            client.resource(filled(new SecretBuilder(current), data)).update();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false; // another replica was first
            }
            throw e;
        }
    }

    private static Secret filled(SecretBuilder builder, Map<String, byte[]> data) {
        Map<String, String> encoded = new HashMap<>();
        data.forEach((k, v) -> encoded.put(k, Base64.getEncoder().encodeToString(v)));
        return builder.editMetadata()
                .addToAnnotations(OURS, TRUE)
                .endMetadata()
                .withData(encoded)
                .build();
    }

    private Resource<Secret> resource() {
        return client.secrets().inNamespace(namespace).withName(name);
    }
}
