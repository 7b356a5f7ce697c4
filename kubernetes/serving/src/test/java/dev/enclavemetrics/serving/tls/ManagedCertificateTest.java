package dev.enclavemetrics.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how replicas share and renew a certificate. */
class ManagedCertificateTest {

    private final TestClock clock = new TestClock();
    private final SharedSecret secret = new SharedSecret();
    private final ToldClients clients = new ToldClients();
    private final Replica one;
    private final Replica two;

    ManagedCertificateTest() throws Exception {
        one = new Replica(secret, clients, clock);
        two = new Replica(secret, clients, clock);
    }

    @Test
    void makesACertificateForTheEmptySecret() {
        assertThat(one.certificate.readinessProblem()).contains("has not been read yet");
        one.reconcile();

        assertThat(one.certificate.readinessProblem()).isNull();
        assertThat(one.isVerified()).isTrue();
        assertThat(secret.data).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
        assertThat(one.certificate.served().expiry())
                .isEqualTo(one.served().chain().get(0).getNotAfter().toInstant());
    }

    @Test
    void sharesItWithTheOtherReplica() {
        one.reconcile();
        two.reconcile();

        assertThat(two.served()).isEqualTo(one.served());
        assertThat(secret.writes).isEqualTo(1);
    }

    @Test
    void readsAgainWhereTheOtherWasFaster() {
        secret.between = one::reconcile;
        two.reconcile();

        assertThat(two.served()).isEqualTo(one.served());
        assertThat(secret.writes).isEqualTo(1);
    }

    /** Reconciles for a year, every 12 hours; the second replica always runs later. */
    @Test
    void rotatesWhileEveryReplicaIsVerifiedAllTheTime() {
        one.reconcile();
        two.reconcile();
        CertificateAndKey first = one.served();
        int exchanges = 0;
        for (Instant end = clock.instant().plus(Duration.ofDays(365));
                clock.instant().isBefore(end);
                clock.advance(Duration.ofHours(12))) {
            CertificateAndKey before = one.served();
            one.reconcile();
            assertThat(one.isVerified()).isTrue();
            assertThat(two.isVerified()).isTrue();
            two.reconcile();
            assertThat(one.isVerified()).isTrue();
            assertThat(two.isVerified()).isTrue();
            exchanges += one.served().equals(before) ? 0 : 1;
        }
        // Each certificate is replaced after two thirds of 90 days; its CA is published hours
        // before.
        assertThat(exchanges).isEqualTo(6);
        assertThat(one.served()).isNotEqualTo(first);
        assertThat(secret.text("ca.crt").split("BEGIN")).hasSizeLessThanOrEqualTo(1 + 2);
    }

    @Test
    void servesTheNextOnlyOnceItsAuthorityWasKnownForAWhile() {
        one.reconcile();
        CertificateAndKey first = one.served();
        clock.advance(Duration.ofDays(61));

        one.reconcile();
        assertThat(secret.data).containsKeys("next.crt", "next.key");
        assertThat(clients.bundle).isEqualTo(secret.text("ca.crt"));
        one.reconcile();
        clock.advance(CaPropagation.SETTLE.minusSeconds(1));
        one.reconcile();
        assertThat(one.served()).isEqualTo(first);

        clock.advance(Duration.ofSeconds(1));
        one.reconcile();
        assertThat(one.served()).isNotEqualTo(first);
        assertThat(secret.data).doesNotContainKey("next.crt");
        assertThat(one.isVerified()).isTrue();
    }

    @Test
    void waitsAnewWhereSomebodyOverwroteTheBundle() {
        one.reconcile();
        CertificateAndKey first = one.served();
        clock.advance(Duration.ofDays(61));
        one.reconcile();
        one.reconcile();
        clients.bundle = "somebody else's";
        clock.advance(CaPropagation.SETTLE);
        one.reconcile();
        assertThat(clients.bundle).isEqualTo(secret.text("ca.crt"));
        assertThat(one.served()).isEqualTo(first);

        one.reconcile();
        clock.advance(CaPropagation.SETTLE);
        one.reconcile();
        assertThat(one.served()).isNotEqualTo(first);
    }

    @Test
    void switchesUnknownBeforeItEnds() {
        one.reconcile();
        CertificateAndKey first = one.served();
        clients.forbidden = true;
        clock.advance(Duration.ofDays(61));
        one.reconcile();
        clock.advance(Duration.ofDays(10));
        one.reconcile();
        assertThat(one.served()).isEqualTo(first);

        clock.advance(Duration.ofDays(10));
        one.reconcile();
        assertThat(one.served()).isNotEqualTo(first);
    }

    @Test
    void addsANameInStepsAndKeepsTheFormer() throws Exception {
        Replica before = new Replica(secret, clients, clock, List.of("a.b.svc", "old"));
        Replica after = new Replica(secret, clients, clock, List.of("a.b.svc", "new"));
        before.reconcile();
        CertificateAndKey first = before.served();
        for (int i = 0; i < 10; i++) {
            after.reconcile();
            before.reconcile();
            assertThat(before.isVerified()).isTrue();
            clock.advance(Duration.ofMinutes(2));
        }

        assertThat(after.served()).isNotEqualTo(first).isEqualTo(before.served());
        assertThat(after.served().chain().get(0).getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "a.b.svc"), List.of(2, "new"), List.of(2, "old"));
        int writes = secret.writes;
        after.reconcile();
        before.reconcile();
        assertThat(secret.writes).isEqualTo(writes);
    }

    @Test
    void logsNothingOfAStepThatTheShutdownEnds() {
        secret.between =
                () -> {
                    one.certificate.close();
                    throw new KubernetesClientException("An error has occurred.");
                };
        one.reconcile();

        assertThat(clients.closed).isTrue();
        assertThat(one.log.lines()).isEmpty();
    }

    @Test
    void makesAnewAtOnceForAnotherFirstName() throws Exception {
        one.reconcile();
        Replica renamed = new Replica(secret, clients, clock, List.of("c.d.svc"));
        renamed.reconcile();

        assertThat(renamed.isVerified()).isTrue();
        assertThat(one.isVerified()).isTrue(); // it still serves the previous certificate
        one.reconcile();
        assertThat(one.served()).isEqualTo(renamed.served());
        assertThat(secret.writes).isEqualTo(2);
    }
}
