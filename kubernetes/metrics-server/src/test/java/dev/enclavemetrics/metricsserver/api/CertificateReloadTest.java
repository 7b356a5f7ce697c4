package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the served certificate's files. */
@Timeout(120)
class CertificateReloadTest {

    @TempDir private Path folder;
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi(folder).ready();
    }

    @AfterEach
    void end() {
        api.close();
    }

    private String served() throws Exception {
        try (SSLSocket socket = RawTls.connect(api)) {
            X509Certificate certificate =
                    (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    /** Replaces each file atomically, one after the other, as kubelet does. */
    private void write(String certPem, String keyPem) throws Exception {
        for (String name : new String[] {"tls.key", "tls.crt"}) {
            Path fresh = folder.resolve("new");
            Files.writeString(fresh, name.equals("tls.key") ? keyPem : certPem);
            Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void write(X509Bundle pair) throws Exception {
        write(pair.getCertificatePathPEM(), pair.getPrivateKeyPEM());
    }

    @Test
    void servesTheNewPairAndNoRequestFails() throws Exception {
        assertThat(served()).isEqualTo("CN=first");
        AtomicBoolean more = new AtomicBoolean(true);
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        Thread load =
                new Thread(
                        () -> {
                            HttpClient kept = TestApi.client(null);
                            while (more.get()) {
                                try {
                                    HttpClient fresh = TestApi.client(null);
                                    for (HttpClient client : new HttpClient[] {kept, fresh}) {
                                        HttpResponse<String> response =
                                                api.send(client, "GET", "/livez");
                                        answers.incrementAndGet();
                                        failures.addAndGet(response.statusCode() == 200 ? 0 : 1);
                                    }
                                } catch (Exception e) {
                                    failures.incrementAndGet();
                                }
                            }
                        });
        load.start();
        for (String name : new String[] {"second", "third"}) {
            write(TestPki.server("CN=" + name));
            api.log.await(1, "serves new connections with the certificate of CN=" + name);
            assertThat(served()).isEqualTo("CN=" + name);
        }
        more.set(false);
        load.join();

        assertThat(answers).hasPositiveValue();
        assertThat(failures).hasValue(0);
    }

    @Test
    void acceptsRsaAfterEc() throws Exception {
        write(
                TestPki.built(
                        TestPki.subject("CN=rsa").rsa2048().addSanIpAddress("127.0.0.1"),
                        TestPki.SERVERS));
        api.log.await(1, "serves new connections with the certificate of CN=rsa");

        assertThat(served()).isEqualTo("CN=rsa");
    }

    @Test
    void keepsThePreviousPairWhileTheNewOneIsInvalid() throws Exception {
        X509Bundle fresh = TestPki.server("CN=second");
        String otherKey = TestPki.server("CN=other").getPrivateKeyPEM();
        write(fresh.getCertificatePathPEM(), otherKey);
        api.log.await(1, "the key must be the certificate's, found another; keeping the previous");
        assertThat(served()).isEqualTo("CN=first");

        write("garbage", otherKey); // with fresh's key, the files would be a pair for a moment
        api.log.await(1, "must be a certificate and its key: both must be PEM");
        assertThat(served()).isEqualTo("CN=first");

        Files.delete(folder.resolve("tls.crt"));
        api.log.await(1, "must exist, found nothing; keeping the previous");
        assertThat(served()).isEqualTo("CN=first");

        write(fresh);
        api.log.await(1, "serves new connections with the certificate of CN=second");
        assertThat(served()).isEqualTo("CN=second");
    }
}
