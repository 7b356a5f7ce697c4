package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.PackagedServer;
import dev.enclavemetrics.testing.UnfinishedRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients without credentials against the heap that is shipped. */
@Timeout(900)
class UnfinishedRequestsIT {

    @TempDir private Path folder;
    private PackagedServer server;
    private UnfinishedRequests attack;

    @BeforeEach
    void start() throws Exception {
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig,
                """
                current-context: none
                contexts: [{name: none, context: {cluster: none, user: none}}]
                clusters: [{name: none, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: none, user: {}}]
                """);
        server = new PackagedServer("metrics-server", "--kubeconfig=" + kubeconfig);
        assertThat(server.answers()).isTrue();
        attack = new UnfinishedRequests(server.port());
    }

    @AfterEach
    void end() throws Exception {
        attack.close();
        server.close();
    }

    private void answersDuringAndAfter() throws Exception {
        assertThat(server.answers()).isTrue();
        attack.close();
        assertThat(server.answers()).isTrue();
    }

    @Test
    void answersWhileStreamsAreNotEnded() throws Exception {
        for (int headerBytes : new int[] {30_000, 55_000}) {
            for (int i = 0; i < 25; i++) {
                attack.http2(100, headerBytes);
            }
            assertThat(server.answers()).isTrue();
        }
        answersDuringAndAfter();
    }

    @Test
    void answersWhileHeadersAreNotEnded() throws Exception {
        for (int i = 0; i < 1_700; i++) {
            attack.http1(i % 2 == 0 ? 31_000 : 65_000);
        }
        answersDuringAndAfter();
    }

    @Test
    void answersWhileHandshakesAreNotBegun() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            attack.tcp();
        }
        answersDuringAndAfter();
    }
}
