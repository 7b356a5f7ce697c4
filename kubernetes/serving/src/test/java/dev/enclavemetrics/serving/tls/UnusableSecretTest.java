package dev.enclavemetrics.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what happens if a Secret is unusable or unreachable. */
class UnusableSecretTest {

    private final TestClock clock = new TestClock();
    private final SharedSecret secret = new SharedSecret();
    private final Replica one;
    private final Replica two;

    UnusableSecretTest() throws Exception {
        ToldClients clients = new ToldClients();
        one = new Replica(secret, clients, clock);
        two = new Replica(secret, clients, clock);
    }

    @ParameterizedTest
    @CsvSource({
        "tls.crt, garbage, both must be PEM",
        "tls.key, garbage, both must be PEM",
        "ca.crt, garbage, ''",
        "tls.key, '', it must have tls.key",
        "ca.crt, '', it must have ca.crt"
    })
    void makesAnewWhatIsGarbage(String key, String text, String why) {
        one.reconcile();
        CertificateAndKey first = one.served();
        secret.put(key, text);

        two.reconcile(); // it does not have the previous certificate
        assertThat(two.served()).isNotEqualTo(first);
        assertThat(two.isVerified()).isTrue();
        assertThat(two.log.lines())
                .anyMatch(l -> l.contains("the Secret b/s was replaced: ") && l.contains(why));
        one.reconcile();
        assertThat(one.served()).isEqualTo(two.served());
    }

    @Test
    void writesBackWhatItHas() {
        one.reconcile();
        CertificateAndKey first = one.served();
        Map<String, String> before = secret.texts();
        secret.put("tls.key", "garbage");
        one.reconcile();
        assertThat(secret.texts()).isEqualTo(before);

        secret.data.clear();
        secret.writes++;
        one.reconcile();
        assertThat(secret.texts()).isEqualTo(before);
        assertThat(one.served()).isEqualTo(first);
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() {
        one.reconcile();
        secret.put("tls.key", Pem.of(other().pair().key()));
        two.reconcile();

        assertThat(two.log.lines()).anyMatch(l -> l.contains("the key must be the certificate's"));
    }

    @Test
    void refusesACertificateOfNoAuthorityThatIsThere() throws Exception {
        one.reconcile();
        secret.put("ca.crt", Pem.of(List.of(other().authority())));
        two.reconcile();

        assertThat(two.log.lines()).anyMatch(l -> l.contains("must be signed by an authority"));
        assertThat(two.isVerified()).isTrue();
    }

    private static IssuedCertificate other() {
        try {
            return IssuedCertificate.make(Replica.NAMES, TestClock.START, Duration.ofDays(90));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void makesAnewWhatHasEnded() {
        one.reconcile();
        CertificateAndKey first = one.served();
        clock.advance(Duration.ofDays(100));
        two.reconcile();

        assertThat(two.served()).isNotEqualTo(first);
        assertThat(two.isVerified()).isTrue();
        assertThat(secret.text("ca.crt").split("BEGIN")).hasSize(2);
    }

    @Test
    void leavesTheCertificateOfSomebodyElse() {
        secret.ours = false;
        secret.put("tls.crt", "theirs");
        one.reconcile();
        one.reconcile();

        assertThat(secret.text("tls.crt")).isEqualTo("theirs");
        assertThat(one.log.lines())
                .singleElement()
                .asString()
                .contains("ERROR the Secret b/s must be empty or written by this program");
        assertThat(one.certificate.readinessProblem()).contains("must be empty");
    }

    @Test
    void servesOnWhileNobodyAnswersAndTellsOnce() {
        one.reconcile();
        secret.unreachable = true;
        one.reconcile();
        one.reconcile();
        secret.unreachable = false;
        one.reconcile();

        assertThat(one.certificate.readinessProblem()).isNull();
        assertThat(one.log.lines())
                .satisfiesExactly(
                        l -> assertThat(l).contains("must be reachable, found: nobody answers"),
                        l -> assertThat(l).contains("recovered"));
    }

    @Test
    void dropsANextPairThatIsNone() {
        one.reconcile();
        clock.advance(Duration.ofDays(61));
        one.reconcile();
        secret.put("next.key", "garbage");
        two.reconcile();

        assertThat(secret.text("next.key")).startsWith("-----BEGIN PRIVATE KEY");
        assertThat(two.isVerified()).isTrue();
    }
}
