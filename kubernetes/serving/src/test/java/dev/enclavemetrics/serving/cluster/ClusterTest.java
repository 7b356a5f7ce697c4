package dev.enclavemetrics.serving.cluster;

import static org.assertj.core.api.Assertions.assertThatIOException;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {

    @TempDir private Path folder;

    private void refused(String cluster, String... words) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("config"),
                        """
                        clusters: [{name: a, cluster: {server: "https://127.0.0.1:1/", %s}}]
                        contexts: [{name: a, context: {cluster: a}}]
                        current-context: a
                        """
                                .formatted(cluster));
        Vertx vertx = Vertx.vertx();
        try {
            assertThatIOException()
                    .isThrownBy(() -> Cluster.connect(file, vertx))
                    .withMessageContainingAll(words);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void saysWhatTheClientFailedOf() throws IOException {
        refused(
                "certificate-authority: /none/ca.crt",
                folder.resolve("config").toString(),
                "NoSuchFileException: /none/ca.crt");
        refused(
                "proxy-url: ftp://x:1",
                "the kubeconfig's proxy-url must be the address of a proxy");
    }
}
