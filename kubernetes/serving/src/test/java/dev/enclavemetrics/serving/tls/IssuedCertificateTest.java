package dev.enclavemetrics.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class IssuedCertificateTest {

    private static final Instant NOW = TestClock.START;
    private static final Duration LIFE = Duration.ofDays(90);
    private static final List<String> NAMES = List.of("a.b.svc", "10.0.0.1", "fd00::1");

    /** Repeated, since numbers in the certificate and their lengths are random. */
    @RepeatedTest(20)
    void makesACertificateThatItsAuthorityVouchesFor() throws Exception {
        IssuedCertificate issue = IssuedCertificate.make(NAMES, NOW, LIFE);

        String bundle = Pem.of(List.of(issue.authority()));
        assertThat(Trust.verifies(issue.pair().chain(), bundle, NOW)).isTrue();
        assertThat(Trust.verifies(issue.pair().chain(), bundle, NOW.plus(LIFE).plusSeconds(1)))
                .isFalse();
    }

    @Test
    void marksTheCertificateAsAServers() throws Exception {
        X509Certificate certificate =
                IssuedCertificate.make(NAMES, NOW, LIFE).pair().chain().get(0);

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "a.b.svc"),
                        List.of(7, "10.0.0.1"),
                        List.of(7, "fd00:0:0:0:0:0:0:1"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getKeyUsage()).containsExactly(usages(0));
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(certificate.getSerialNumber().signum()).isPositive();
    }

    @Test
    void marksTheAuthorityAsOne() throws Exception {
        X509Certificate authority = IssuedCertificate.make(NAMES, NOW, LIFE).authority();

        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getKeyUsage()).containsExactly(usages(5, 6));
        assertThat(authority.getSubjectX500Principal().getName())
                .startsWith("CN=enclave-metrics-ca-");
    }

    @Test
    void namesTheAuthoritysKeyInTheCertificate() throws Exception {
        IssuedCertificate issue = IssuedCertificate.make(NAMES, NOW, LIFE);

        byte[] subject = issue.authority().getExtensionValue("2.5.29.14");
        byte[] issuer = issue.pair().chain().get(0).getExtensionValue("2.5.29.35");
        // Skips the DER headers: OCTET STRING of OCTET STRING; OCTET STRING of SEQUENCE of [0].
        assertThat(bytes(issuer).subList(6, 26)).isEqualTo(bytes(subject).subList(4, 24));
    }

    @Test
    void isAnotherEachTime() throws Exception {
        IssuedCertificate issue = IssuedCertificate.make(NAMES, NOW, LIFE);
        IssuedCertificate other = IssuedCertificate.make(NAMES, NOW, LIFE);

        assertThat(other.authority().getSubjectX500Principal())
                .isNotEqualTo(issue.authority().getSubjectX500Principal());
        assertThat(Trust.verifies(other.pair().chain(), Pem.of(List.of(issue.authority())), NOW))
                .isFalse();
    }

    @Test
    void takesManyAndLongNames() throws Exception {
        String longName = String.join(".", Collections.nCopies(4, "x".repeat(60)));
        List<String> names = new ArrayList<>(List.of(longName));
        for (int i = 0; i < 99; i++) {
            names.add(i + "." + longName);
        }

        X509Certificate certificate =
                IssuedCertificate.make(names, NOW, LIFE).pair().chain().get(0);

        assertThat(certificate.getSubjectAlternativeNames()).hasSize(100);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=enclave-metrics");
    }

    @Test
    void writesYearsBeyond2049() throws Exception {
        Instant late = Instant.parse("2049-12-01T00:00:00Z");
        X509Certificate certificate =
                IssuedCertificate.make(NAMES, late, LIFE).pair().chain().get(0);

        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(late.plus(LIFE));
    }

    private static boolean[] usages(int... set) {
        boolean[] usages = new boolean[9];
        for (int usage : set) {
            usages[usage] = true;
        }
        return usages;
    }

    private static List<Byte> bytes(byte[] array) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : array) {
            bytes.add(b);
        }
        return bytes;
    }
}
