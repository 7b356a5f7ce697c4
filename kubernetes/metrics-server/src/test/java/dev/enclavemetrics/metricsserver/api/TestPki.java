package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.serving.tls.TlsSource;
import dev.enclavemetrics.testing.TestClock;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** CAs and certificates of a cluster, created once per test process. */
final class TestPki {

    // Valid for the tests' clock and for the JDK's.
    private static final Instant FROM = TestClock.START.minus(Duration.ofDays(3650));
    private static final Instant TO = TestClock.START.plus(Duration.ofDays(3650));

    static final X509Bundle SERVERS = authority("servers");
    static final X509Bundle CLIENTS = authority("clients");
    static final X509Bundle PROXIES = authority("front-proxies");
    static final X509Bundle STRANGERS = authority("strangers");

    private TestPki() {}

    static X509Bundle authority(String name) {
        return built(
                new CertificateBuilder()
                        .subject("CN=" + name)
                        .setIsCertificateAuthority(true)
                        .notBefore(FROM)
                        .notAfter(TO),
                null);
    }

    /** Returns a builder of certificates that are valid now. */
    static CertificateBuilder subject(String subject) {
        return new CertificateBuilder().subject(subject).notBefore(FROM).notAfter(TO);
    }

    static X509Bundle client(String subject, X509Bundle issuer) {
        return built(subject(subject).addExtendedKeyUsageClientAuth(), issuer);
    }

    static X509Bundle server(String subject) {
        return built(
                subject(subject)
                        .addSanDnsName("localhost")
                        .addSanIpAddress("127.0.0.1")
                        .addExtendedKeyUsageServerAuth(),
                SERVERS);
    }

    static X509Bundle built(CertificateBuilder builder, @Nullable X509Bundle issuer) {
        try {
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a certificate and its key with the file names of a mounted Secret. */
    static TlsSource.Files write(X509Bundle pair, Path folder) throws IOException {
        Path certFile = folder.resolve("tls.crt");
        Path keyFile = folder.resolve("tls.key");
        Files.writeString(certFile, pair.getCertificatePathPEM());
        Files.writeString(keyFile, pair.getPrivateKeyPEM());
        return new TlsSource.Files(certFile, keyFile);
    }

    /** Returns a client's context that trusts our servers, with a client certificate or none. */
    static SSLContext context(@Nullable X509Bundle certificate) {
        try {
            KeyManager[] keys =
                    certificate == null
                            ? new KeyManager[0]
                            : certificate.toKeyManagerFactory().getKeyManagers();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys,
                    new TrustManager[] {Objects.requireNonNull(SERVERS.toTrustManager())},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
