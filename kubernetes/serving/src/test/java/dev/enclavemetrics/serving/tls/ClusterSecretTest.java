package dev.enclavemetrics.serving.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.serving.cluster.FakeCluster;
import dev.enclavemetrics.serving.tls.CertificateSecret.Found;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterSecretTest {

    private static final Map<String, byte[]> DATA = Map.of("tls.crt", "x".getBytes(UTF_8));

    private final FakeCluster cluster = new FakeCluster();
    private final ClusterSecret secret = new ClusterSecret(cluster.client, "b", "s");

    @AfterEach
    void end() {
        cluster.close();
    }

    private Secret stored() {
        return cluster.client.secrets().inNamespace("b").withName("s").get();
    }

    private void store(SecretBuilder builder) {
        cluster.client
                .resource(
                        builder.editOrNewMetadata()
                                .withNamespace("b")
                                .withName("s")
                                .endMetadata()
                                .build())
                .create();
    }

    @Test
    void createsOneThatIsNotThere() {
        Found none = secret.read();
        assertThat(none.version()).isEmpty();
        assertThat(none.ours()).isTrue();

        assertThat(secret.write(none, DATA)).isTrue();
        assertThat(stored().getType()).isEqualTo("kubernetes.io/tls");
        assertThat(secret.read().ours()).isTrue();
        assertThat(secret.read().data().get("tls.crt")).isEqualTo("x".getBytes(UTF_8));
    }

    @Test
    void doesNotCreateOneThatCameMeanwhile() {
        Found none = secret.read();
        secret.write(none, DATA);

        assertThat(secret.write(none, Map.of("tls.crt", new byte[] {1}))).isFalse();
        assertThat(secret.read().data().get("tls.crt")).isEqualTo("x".getBytes(UTF_8));
    }

    @Test
    void fillsAnEmptyOneAndKeepsWhatElseItHas() {
        store(
                new SecretBuilder()
                        .withType("Opaque")
                        .withNewMetadata()
                        .addToLabels("app", "a")
                        .endMetadata());

        assertThat(secret.write(secret.read(), DATA)).isTrue();
        assertThat(stored().getType()).isEqualTo("Opaque");
        assertThat(stored().getMetadata().getLabels()).containsEntry("app", "a");
        assertThat(secret.read().ours()).isTrue();
    }

    @Test
    void doesNotWriteOverAnOthersWrite() {
        secret.write(secret.read(), DATA);
        Found before = secret.read();
        secret.write(before, Map.of("tls.crt", new byte[] {1}));

        assertThat(secret.write(before, Map.of("tls.crt", new byte[] {2}))).isFalse();
        assertThat(secret.read().data().get("tls.crt")).isEqualTo(new byte[] {1});
    }

    @Test
    void knowsThatOfSomebodyElse() {
        store(new SecretBuilder().addToData("tls.crt", "eA=="));

        assertThat(secret.read().ours()).isFalse();
    }
}
