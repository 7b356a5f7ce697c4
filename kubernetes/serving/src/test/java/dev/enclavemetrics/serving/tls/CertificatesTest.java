package dev.enclavemetrics.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.serving.http.EventLoops;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificatesTest {

    private static final List<String> NAMES = List.of("webhook.b.svc", "webhook.b.svc.local");

    private final Vertx vertx = EventLoops.start(new LogLines().log());
    private final LogLines log = new LogLines();

    private static void expectNames(ServingCertificate certificate, String first, int count)
            throws Exception {
        X509Certificate served = certificate.served().current().chain().get(0);
        assertThat(served.getSubjectX500Principal().getName()).isEqualTo("CN=" + first);
        assertThat(served.getSubjectAlternativeNames()).hasSize(count);
    }

    @Test
    void servesUnderItsNamesBeforeItHasReadTheSecret() throws Exception {
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                ServingCertificate certificate =
                        Certificates.managed(
                                vertx,
                                client,
                                new TlsSource.Managed("b", "s", NAMES),
                                bundle -> true,
                                new TestClock(),
                                log.log())) {
            expectNames(certificate, NAMES.get(0), NAMES.size());
        }
    }

    @Test
    void isForThisMachineIfNothingIsConfigured() throws Exception {
        try (ServingCertificate certificate =
                Certificates.of(vertx, new TlsSource.Ephemeral(), new TestClock(), log.log())) {
            expectNames(certificate, "localhost", 1);
        }
    }
}
