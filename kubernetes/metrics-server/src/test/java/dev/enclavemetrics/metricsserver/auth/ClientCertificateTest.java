package dev.enclavemetrics.metricsserver.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.lang.reflect.Proxy;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientCertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-24T05:40:00Z");
    private static final Duration VALID = Duration.ofHours(1);

    private final X509Bundle authority = authority("clients");
    private final X509Bundle client = client(NOW.plus(VALID));
    private final ClientTrust trust = trust(authority);
    private final SSLSession session = session(client);

    private static X509Bundle authority(String name) {
        return built(
                certificate("CN=" + name, NOW.plus(VALID)).setIsCertificateAuthority(true), null);
    }

    private X509Bundle client(Instant until) {
        return built(
                certificate("CN=hpa,O=controllers", until).addExtendedKeyUsageClientAuth(),
                authority);
    }

    private static CertificateBuilder certificate(String subject, Instant until) {
        return new CertificateBuilder()
                .subject(subject)
                .notBefore(NOW.minus(VALID))
                .notAfter(until);
    }

    private static X509Bundle built(CertificateBuilder builder, @Nullable X509Bundle issuer) {
        try {
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClientTrust trust(X509Bundle authority) {
        return ClientTrust.parse(Map.of("client-ca-file", authority.getCertificatePEM()));
    }

    /** Returns the session of a handshake with this client certificate, or with none. */
    private static SSLSession session(@Nullable X509Bundle client) {
        Map<Object, Object> values = new HashMap<>();
        return (SSLSession)
                Proxy.newProxyInstance(
                        SSLSession.class.getClassLoader(),
                        new Class<?>[] {SSLSession.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getPeerCertificates" -> chain(client);
                                    case "getValue" -> values.get(arguments[0]);
                                    case "putValue" -> {
                                        values.put(arguments[0], arguments[1]);
                                        yield null;
                                    }
                                    default -> throw new UnsupportedOperationException();
                                });
    }

    private static Certificate[] chain(@Nullable X509Bundle client)
            throws SSLPeerUnverifiedException {
        if (client == null) {
            throw new SSLPeerUnverifiedException("no certificate");
        }
        return client.getCertificatePath();
    }

    private static ClientCertificate of(SSLSession session, ClientTrust trust, Instant now) {
        return Objects.requireNonNull(ClientCertificate.of(session, trust, now));
    }

    @Test
    void isVerifiedOncePerSession() {
        ClientCertificate first = of(session, trust, NOW);

        assertThat(first.client()).isTrue();
        assertThat(first.frontProxy()).isFalse();
        assertThat(first.subject().name()).isEqualTo("hpa");
        assertThat(of(session, trust, NOW.plusSeconds(59))).isSameAs(first);
        assertThat(of(session(client), trust, NOW)).isNotSameAs(first);
    }

    @Test
    void isVerifiedAnewAfterAMinute() {
        ClientCertificate first = of(session, trust, NOW);

        assertThat(of(session, trust, NOW.plusSeconds(60))).isNotSameAs(first);
    }

    @Test
    void isVerifiedAnewWhenTheAuthoritiesChange() {
        assertThat(of(session, trust, NOW).client()).isTrue();

        assertThat(of(session, trust(authority("others")), NOW).client()).isFalse();
        assertThat(of(session, trust(authority), NOW).client()).isTrue();
    }

    @Test
    void isNotTrustedAfterItExpiredNorBeforeItIsValid() {
        SSLSession soonOver = session(client(NOW.plusSeconds(10)));
        assertThat(of(soonOver, trust, NOW.plusSeconds(9)).client()).isTrue();
        assertThat(of(soonOver, trust, NOW.plusSeconds(11)).client()).isFalse();

        assertThat(of(session, trust, NOW).client()).isTrue();
        assertThat(of(session, trust, NOW.minus(VALID.multipliedBy(2))).client()).isFalse();
    }

    @Test
    void isNoneWithoutACertificate() {
        assertThat(ClientCertificate.of(session(null), trust, NOW)).isNull();
        assertThat(ClientCertificate.of(null, trust, NOW)).isNull();
    }
}
