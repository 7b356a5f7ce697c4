package dev.enclavemetrics.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.serving.tls.CertificateAndKey;
import dev.enclavemetrics.serving.tls.CurrentCertificate;
import dev.enclavemetrics.serving.tls.FixedCertificate;
import dev.enclavemetrics.serving.tls.IssuedCertificate;
import dev.enclavemetrics.serving.tls.TlsVersion;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpsServerTest {

    private static final int ATTEMPTS = 100;

    private final LogLines log = new LogLines();
    private final Vertx vertx = EventLoops.start(log.log());
    private final CurrentCertificate served = new CurrentCertificate(pair());
    private final HttpsServer server =
            new HttpsServer(
                    vertx,
                    new HttpsServer.Options(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            10,
                            1_000_000,
                            false,
                            TlsVersion.V1_2),
                    new FixedCertificate(served),
                    () -> {});

    private static CertificateAndKey pair() {
        try {
            return IssuedCertificate.make(
                            List.of("localhost"), TestClock.START, Duration.ofDays(36_500))
                    .pair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        server.start(loop -> HttpsServerTest::answer, log.log());
    }

    private static void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/error" -> throw new NoClassDefFoundError("a test's");
            case "/late-error" ->
                    Vertx.currentContext()
                            .runOnContext(
                                    later -> {
                                        request.response().end("answered before");
                                        throw new IllegalStateException("a test's");
                                    });
            default -> request.response().end("served");
        }
    }

    @AfterEach
    void end() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static HttpClient client() throws Exception {
        SSLContext trustsAll = SSLContext.getInstance("TLS");
        trustsAll.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(trustsAll).version(Version.HTTP_2).build();
    }

    private HttpResponse<String> get(HttpClient client) throws Exception {
        return get(client, "/");
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        URI uri = URI.create("https://localhost:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static Certificate certificate(HttpResponse<?> response) throws Exception {
        return response.sslSession().orElseThrow().getPeerCertificates()[0];
    }

    @Test
    void servesNewConnectionsWithTheNewCertificateAndKeepsTheOthers() throws Exception {
        CertificateAndKey first = served.current();
        HttpClient old = client();
        assertThat(certificate(get(old))).isEqualTo(first.chain().get(0));

        CertificateAndKey second = pair();
        served.exchange(second);

        assertThat(get(old).body()).isEqualTo("served");
        assertThat(certificate(get(old))).isEqualTo(first.chain().get(0));
        HttpResponse<String> response = get(client());
        for (int i = 0; i < ATTEMPTS && certificate(response).equals(first.chain().get(0)); i++) {
            response = get(client()); // the server replaces its certificate on another thread
        }
        assertThat(certificate(response)).isEqualTo(second.chain().get(0));
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
    }

    @Test
    void answersAndLogsARequestWhoseHandlerThrows() throws Exception {
        HttpResponse<String> response = get(client(), "/error");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"kind\":\"Status\"", "see its log");
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("ERROR"))
                .singleElement()
                .asString()
                .contains("NoClassDefFoundError: a test's");
    }

    @Test
    void logsWhatALaterStepThrows() throws Exception {
        assertThat(get(client(), "/late-error").body()).isEqualTo("answered before");

        get(client()); // on the same event loop, so the earlier handler has ended
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("ERROR"))
                .singleElement()
                .asString()
                .contains("IllegalStateException: a test's");
    }

    private SSLSocket connect(String protocol, String... suites) throws Exception {
        SSLContext trustsAll = SSLContext.getInstance("TLS");
        trustsAll.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket socket =
                (SSLSocket)
                        trustsAll
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setEnabledCipherSuites(suites);
        return socket;
    }

    @Test
    void acceptsTls12WithAuthenticatedEncryption() throws Exception {
        try (SSLSocket socket = connect("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")) {
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
    }

    @Test
    void refusesTls12WithoutAuthenticatedEncryption() throws Exception {
        try (SSLSocket socket = connect("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256")) {
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("handshake_failure");
        }
    }

    @Test
    void logsItsAddress() {
        assertThat(log.lines())
                .anyMatch(line -> line.endsWith("serves https://127.0.0.1:" + server.port()));
    }
}
