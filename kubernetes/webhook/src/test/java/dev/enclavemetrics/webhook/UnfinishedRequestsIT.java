package dev.enclavemetrics.webhook;

import dev.enclavemetrics.testing.PackagedServer;
import dev.enclavemetrics.testing.UnfinishedRequestsSuite;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

class UnfinishedRequestsIT extends UnfinishedRequestsSuite {

    @Override
    protected PackagedServer server(Path folder) throws Exception {
        X509Bundle pair =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        Files.writeString(certificate, pair.getCertificatePathPEM());
        Files.writeString(key, pair.getPrivateKeyPEM());
        return new PackagedServer(
                "webhook",
                "--tls-cert-file=" + certificate,
                "--tls-key-file=" + key,
                "--sidecar-image=example/launcher:1");
    }
}
