package dev.enclavemetrics.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.PackagedServer;
import dev.enclavemetrics.testing.UnfinishedRequests;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
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
        X509Bundle pair =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        Files.writeString(certificate, pair.getCertificatePathPEM());
        Files.writeString(key, pair.getPrivateKeyPEM());
        server =
                new PackagedServer(
                        "webhook",
                        "--tls-cert-file=" + certificate,
                        "--tls-key-file=" + key,
                        "--sidecar-image=example/launcher:1");
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
